// npm run mutate: plants one defect after the other in the Apex of force-app and shows which test notices it. Exit code 1
// where one survives, or does not fit the sources any more.
import { letWrite } from '../test/integration/support/let-write.ts';
import { pointsOfUpdate, race, RIVALS, TERMS } from '../test/integration/support/race.ts';
import { writeInProcess, type Answer } from '../test/integration/support/write-in-process.ts';
import { MutantOrg } from '../test/local-org/mutations/mutant-org.ts';
import type { Mutation } from '../test/local-org/mutations/mutation.ts';
import { MUTATIONS } from '../test/local-org/mutations/mutations.ts';
import type { LocalOrg } from '../test/local-org/src/org-types.ts';
import { commandLine } from './command-line.ts';
import { ROOT } from './run-command.ts';

const HELP = `npm run mutate [-- options]

Plants one defect after the other in the Apex of force-app and names the test that notices it; takes some minutes. The defects are
listed in test/local-org/mutations. Exit code 1 where one survives, or does not fit the sources any more.

  --only <text>  plants only the defects whose name contains this text
  --help         this text`;

const USER = 'revops.integration@larkfield.example';
const SHOWN_CHARACTERS = 160;

interface Verdict {
  readonly word: 'killed' | 'survived' | 'error';
  readonly why: string;
}

/**
 * The first race that ends as it must not, or null: the only test that needs two requests at a time. In an org of its own,
 * because one round of races uses up a good part of the user's quota of the hour.
 */
async function lostRace(mutation: Mutation | null): Promise<string | null> {
  const mutants = new MutantOrg(ROOT);
  try {
    letWrite(mutants.org);
    if (mutation !== null) mutants.plant(mutation);
    return await lostRaceIn(mutants.org);
  } finally {
    mutants.org.close();
  }
}

async function lostRaceIn(org: LocalOrg): Promise<string | null> {
  const send = (body: unknown): Answer => writeInProcess(org, USER, 'update_field', body);
  for (const terms of TERMS) {
    const points = await pointsOfUpdate(org, send, terms);
    for (const rival of Object.keys(RIVALS)) {
      for (let before = 1; before <= points.length; before++) {
        const { point, violations } = await race(org, send, rival, before, terms);
        if (violations[0] !== undefined) return `${rival} before ${point.kind} ${point.object}: ${violations[0]}`;
      }
    }
  }
  return null;
}

async function judge(mutants: MutantOrg, mutation: Mutation): Promise<Verdict> {
  const takeOut = mutants.plant(mutation);
  try {
    const killer = mutants.failingApexTest() ?? (await lostRace(mutation));
    return killer === null ? { word: 'survived', why: `no test notices it in ${mutation.file}` } : { word: 'killed', why: killer };
  } finally {
    takeOut();
  }
}

const { only = '' } = commandLine(HELP, { only: { type: 'string' } });
const chosen = MUTATIONS.filter(({ name }) => name.includes(only));
if (chosen.length === 0) {
  console.error(`No defect has a name that contains "${only}". See npm run mutate -- --help`);
  process.exit(2);
}
const mutants = new MutantOrg(ROOT);
const unmutated = mutants.failingApexTest() ?? (await lostRace(null));
if (unmutated !== null) {
  console.error(`The unmutated sources fail: ${unmutated}`);
  process.exit(1);
}
const counts = { killed: 0, survived: 0, error: 0 };
for (const mutation of chosen) {
  const { word, why } = await judge(mutants, mutation).catch((error: unknown): Verdict => ({ word: 'error', why: String(error) }));
  counts[word]++;
  console.log(`${word.padEnd(8)}  ${mutation.name}\n          ${why.replaceAll(/\s+/g, ' ').slice(0, SHOWN_CHARACTERS)}`);
}
mutants.org.close();
console.log(`\n${counts.killed} killed, ${counts.survived} survived, ${counts.error} in error`);
process.exitCode = counts.killed === chosen.length ? 0 : 1;
