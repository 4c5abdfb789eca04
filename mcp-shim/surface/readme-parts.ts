import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { catalogues } from '../src/tools/catalogue.ts';
import { replaceMarkedPart } from './marked-part.ts';
import { resultShapes } from './result-shapes.ts';
import { toolTable } from './tool-table.ts';

/** The README, its table of tools and its shapes of results made anew from the live schemas. */
export async function readmeText(): Promise<string> {
  const parts = { tools: toolTable(catalogues.required), results: resultShapes(catalogues.required) };
  let text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const [name, content] of Object.entries(parts)) {
    text = replaceMarkedPart(text, name, await format(content, { parser: 'markdown', printWidth: 140, singleQuote: true }));
  }
  return text;
}
