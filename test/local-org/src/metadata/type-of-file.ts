import { COMPONENT_TYPES } from './component-types.ts';

/** The component that a file of a package stands for by its name: what a problem is laid to when the file could not be read. */
export function typeOfFile(file: string): { readonly type: string; readonly name: string } {
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/-meta\.xml$/, '');
  const [, name = '', suffix = ''] = /^(.*)\.([^.]+)$/.exec(base) ?? [];
  const type = COMPONENT_TYPES[suffix];
  return type === undefined ? { type: '', name: base } : { type, name };
}
