import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseRiskThresholds } from './src/risk/parse-risk-thresholds.ts';
import { riskThresholdsJsonSchema } from './src/risk/risk-thresholds.ts';
import { catalogues } from './src/tools/catalogue.ts';
import { listHandshakes } from './src/server/handshakes.ts';
import { listTools } from './src/server/tool-list.ts';

const generated = (path: string): URL => new URL(`./src/${path}`, import.meta.url);

/** What `tools/list` answers, by how writes are confirmed, from the live zod schemas, as the file keeps it. */
export function toolListText(): string {
  const lists = { required: listTools(catalogues.required), host: listTools(catalogues.host) };
  return `${JSON.stringify(lists, undefined, 2)}\n`;
}

/** What `initialize` answers, by how writes are confirmed and whether there are any. */
export async function handshakesText(): Promise<string> {
  return `${JSON.stringify(await listHandshakes(), undefined, 2)}\n`;
}

/** The thresholds that are built in: what `config/risk_thresholds.yaml` says. */
export function defaultThresholdsText(): string {
  const parsed = parseRiskThresholds(readFileSync(new URL('../config/risk_thresholds.yaml', import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(`config/risk_thresholds.yaml: ${parsed.problems.join('; ')}`);
  return `${JSON.stringify(parsed.thresholds, undefined, 2)}\n`;
}

/** The JSON schema of that file, for editors. */
export function thresholdsSchemaText(): string {
  return `${JSON.stringify(riskThresholdsJsonSchema(), undefined, 2)}\n`;
}

/** Writes what the server answers without asking its schemas or the SDK. Unit tests compare. */
export async function generateAnswers(): Promise<void> {
  await writeFile(generated('server/generated/tool-list.json'), toolListText());
  await writeFile(generated('handshake/generated/handshakes.json'), await handshakesText());
}
