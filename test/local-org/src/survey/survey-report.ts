import { table } from '../cli/table.ts';
import { isRefused, type Refusal, type RefusalKind, type Survey } from './survey-project.ts';

const TITLES: Readonly<Record<RefusalKind, string>> = {
  named: 'Refused by name',
  follows: 'Left out because they need what was refused',
  compiler: 'Refused in the words of the platform',
  crashed: 'Crashed',
};

/** What became of a project, as tables. */
export function surveyReport(survey: Survey): string {
  const { components, deployed, refusals, tests, crashedTests } = survey;
  const kinds = Object.keys(TITLES) as RefusalKind[];
  const types = [...new Set(components.map(({ type }) => type))].sort();
  const rows = types.map((type) => {
    const of = (kind: RefusalKind): number => refusals.filter((each) => each.kind === kind && each.component.type === type).length;
    const count = (all: readonly { readonly type: string }[]): number => all.filter((each) => each.type === type).length;
    return [type === '' ? '(no component)' : type, count(components), count(deployed), ...kinds.map(of)].map(String);
  });
  const total = [components.length, deployed.length, ...kinds.map((kind) => refusals.filter((each) => each.kind === kind).length)];
  const refusedTests = tests.filter(isRefused);
  const failed = tests.filter((each) => each.outcome !== 'Pass' && !isRefused(each));
  return [
    table(['TYPE', 'READ', 'DEPLOYED', 'REFUSED', 'NEEDS REFUSED', 'COMPILER', 'CRASHED'], [...rows, ['all', ...total.map(String)]]),
    ...kinds.map((kind) => refusalTable(kind, refusals)),
    section(
      'Tests refused by name',
      grouped(refusedTests.map((each) => [what(each.message ?? ''), `${each.className}.${each.methodName}`])),
    ),
    section('Tests failed', grouped(failed.map((each) => [each.message ?? '', `${each.className}.${each.methodName}`]))),
    section('Tests crashed', grouped(crashedTests.map((each) => [each.error, each.test]))),
    `Apex tests: ${tests.length + crashedTests.length} run, ${tests.filter(({ outcome }) => outcome === 'Pass').length} passed, ${refusedTests.length} refused by name, ${failed.length} failed, ${crashedTests.length} crashed.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Nothing may crash, and nothing may be refused that the platform takes. */
export function isSound({ refusals, crashedTests }: Survey): boolean {
  return crashedTests.length === 0 && refusals.every(({ kind }) => kind !== 'crashed');
}

function refusalTable(kind: RefusalKind, refusals: readonly Refusal[]): string {
  const those = refusals.filter((each) => each.kind === kind);
  return section(TITLES[kind], grouped(those.map(({ message, file, line }) => [what(message), `${file}:${line}`])));
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n\n${table(['COUNT', 'WHAT', 'FIRST'], rows)}`;
}

/** Pairs of what and where: how often each what, the most frequent first, with the first where. */
function grouped(pairs: readonly (readonly [string, string])[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const [key, place] of pairs) groups.set(key, [...(groups.get(key) ?? []), place]);
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([key, places]) => [String(places.length), key.replaceAll('\n', ' '), places[0] ?? '']);
}

/** The message without the words around the name and without the place. */
function what(message: string): string {
  return message.replace(/^.*Not supported by the local org: /s, '').replace(/ \([^()]*:\d+\)$/, '');
}
