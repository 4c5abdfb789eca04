import { componentNameOf } from './component-name.ts';

/** The component that a file of a package stands for by its name: what a problem is laid to when the file could not be read. */
export function typeOfFile(file: string): { readonly type: string; readonly name: string } {
  const bundle = /(?:^|\/)lwc\/([^/]+)\//.exec(file)?.[1];
  if (bundle !== undefined) return { type: 'LightningComponentBundle', name: bundle };
  const { type, name } = componentNameOf({ file, parts: file.split('/') });
  return type === undefined ? { type: '', name: file.slice(file.lastIndexOf('/') + 1).replace(/-meta\.xml$/, '') } : { type, name };
}
