import { strFromU8, unzipSync } from 'fflate';
import type { SourceFile } from './source-files.ts';

/** Unpacked bytes. The platform takes 39 MB zipped and about 600 MB unzipped; nothing here comes near. */
const MAX_UNPACKED = 100_000_000;

/** The zip cannot be taken apart, or has not the shape that a deploy has. */
export class BadZip extends Error {}

/**
 * The files of a deploy's zip, in the order of their names.
 * @param singlePackage false: everything lies in one folder, whose name says nothing
 * @throws BadZip
 */
export function zipFiles(bytes: Uint8Array, singlePackage: boolean): SourceFile[] {
  let unpacked = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        if (unpacked > MAX_UNPACKED) throw new BadZip(`The zip holds more than ${MAX_UNPACKED} bytes`);
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    if (error instanceof BadZip) throw error;
    throw new BadZip(`The zip file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const names = Object.keys(entries).map((name) => ({ name, parts: name.split('/').filter((part) => part !== '') }));
  if (names.some(({ parts }) => parts.includes('..'))) throw new BadZip('The zip names a file outside itself');
  if (!singlePackage) {
    const folders = new Set(names.map(({ parts }) => (parts.length > 1 ? parts[0] : '')));
    if (folders.size !== 1 || folders.has('')) throw new BadZip('A zip that is no single package holds one folder with everything in it');
  }
  return names
    .map(({ name, parts }): SourceFile => {
      const own = singlePackage ? parts : parts.slice(1);
      return { file: own.join('/'), parts: own, read: () => strFromU8(entries[name] ?? new Uint8Array()) };
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
