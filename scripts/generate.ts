// npm run generate: everything that is generated and committed. Needs Java for the catalogue.
import { mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { javaCatalog } from '../test/local-org/src/catalog/java-catalog.ts';
import { generateMetadataTypes } from '../test/local-org/src/catalog/generate-metadata-types.ts';
import { defaultThresholdsText, thresholdsSchemaText, toolListText, handshakesText } from '../mcp-shim/generate.ts';
import { coveredText } from '../test/local-org/src/covered.ts';
import { catalogues } from '../mcp-shim/src/tools/catalogue.ts';
import { replaceMarkedPart } from '../mcp-shim/surface/marked-part.ts';
import { readmeText } from '../mcp-shim/surface/readme-parts.ts';
import { toolSnapshots } from '../mcp-shim/surface/tool-snapshots.ts';
import { commandLine } from './command-line.ts';
import { ROOT } from './run-command.ts';

const LOCAL_ORG_README = 'test/local-org/README.md';
const SNAPSHOTS = 'mcp-shim/surface/generated';

const GENERATED: readonly { readonly file: string; readonly java: boolean; readonly make: () => string | Promise<string> }[] = [
  { file: 'test/local-org/src/catalog/generated/platform-types.json', java: true, make: () => javaCatalog('platform') },
  { file: 'test/local-org/src/catalog/generated/standard-objects.json', java: true, make: () => javaCatalog('sobjects') },
  { file: 'test/local-org/src/catalog/generated/metadata-types.json', java: false, make: generateMetadataTypes },
  { file: 'mcp-shim/src/server/generated/tool-list.json', java: false, make: toolListText },
  { file: 'mcp-shim/src/handshake/generated/handshakes.json', java: false, make: handshakesText },
  { file: 'mcp-shim/src/risk/generated/default-thresholds.json', java: false, make: defaultThresholdsText },
  { file: 'config/risk_thresholds.schema.json', java: false, make: thresholdsSchemaText },
  { file: 'mcp-shim/README.md', java: false, make: readmeText },
  { file: LOCAL_ORG_README, java: false, make: localOrgReadme },
  ...[...toolSnapshots(catalogues)].map(([file, text]) => ({ file: `${SNAPSHOTS}/${file}`, java: false, make: () => text })),
];

const HELP = `npm run generate [-- options]

Writes everything that is generated and committed: the catalogue of platform names (Java), metadata types, the tool list and a snapshot
of each tool, the default thresholds and their schema, parts of READMEs.

  --check          writes nothing, and fails where a committed file differs (what CI runs)
  --without-java   leaves the catalogue out, and says so
  --help           this text`;

const { check, 'without-java': withoutJava } = commandLine(HELP, {
  check: { type: 'boolean', default: false },
  'without-java': { type: 'boolean', default: false },
});
let stale = 0;

for (const { file, java, make } of GENERATED) {
  if (java && withoutJava) {
    process.stderr.write(`  left out   ${file} (needs Java)\n`);
    continue;
  }
  const path = join(ROOT, file);
  const text = await make();
  const same = read(path) === text;
  if (check && !same) stale++;
  if (!check && !same) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  process.stderr.write(`  ${same ? 'current' : check ? 'STALE' : 'written'}${' '.repeat(same ? 4 : check ? 6 : 4)}${file}\n`);
}
for (const file of readdirSync(join(ROOT, SNAPSHOTS)).map((name) => `${SNAPSHOTS}/${name}`)) {
  if (GENERATED.some((generated) => generated.file === file)) continue;
  if (check) stale++;
  else unlinkSync(join(ROOT, file));
  process.stderr.write(`  ${check ? 'STALE  ' : 'removed'}    ${file} (there is no such tool)\n`);
}
if (stale > 0) {
  process.stderr.write(`${stale} generated file${stale === 1 ? ' is' : 's are'} not what the sources say. Run: npm run generate\n`);
  process.exitCode = 1;
}

async function localOrgReadme(): Promise<string> {
  const covered = await format(coveredText(), { parser: 'markdown', printWidth: 140 });
  return replaceMarkedPart(readFileSync(join(ROOT, LOCAL_ORG_README), 'utf8'), 'covered', covered);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
