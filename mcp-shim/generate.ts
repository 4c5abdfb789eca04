import { writeFile } from 'node:fs/promises';
import { catalogues } from './src/tools/catalogue.ts';
import { listTools } from './src/server/tool-list.ts';

const target = new URL('./src/server/generated/tool-list.json', import.meta.url);

/** What `tools/list` answers, by how writes are confirmed, from the live zod schemas, as the file keeps it. */
export function toolListText(): string {
  const lists = { required: listTools(catalogues.required), host: listTools(catalogues.host) };
  return `${JSON.stringify(lists, undefined, 2)}\n`;
}

/** Writes that file. A unit test compares the two. */
export async function generateToolList(): Promise<void> {
  await writeFile(target, toolListText());
}
