import type { Problem } from '../../errors.ts';
import type { Package } from '../package.ts';
import { parseModule } from './parse-module.ts';

/** What the compiled Apex says about a method that a component imports. */
export type RemoteMethod = 'callable' | 'no class' | 'no method' | 'not enabled';

const APEX = /^@salesforce\/apex\/(.*)$/;
/** What `@salesforce/apex` itself exports. */
const HELPERS = new Set(['refreshApex', 'getSObjectValue']);

/**
 * Imports of Apex that component bundles may not have.
 * @param find asked for each imported method
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/apex-import-method.html
 */
export function apexImportProblems(pkg: Package, find: (className: string, method: string) => RemoteMethod): Problem[] {
  return pkg.others.flatMap(({ resources }) =>
    resources
      .filter(({ name }) => name.endsWith('.js'))
      .flatMap((file) =>
        parseModule(file).imports.flatMap(({ specifier, names, line, column }) =>
          messagesOf(specifier, names, find).map((message) => ({ message, location: { file: file.file, line, column } })),
        ),
      ),
  );
}

function messagesOf(specifier: string, names: readonly string[], find: (className: string, method: string) => RemoteMethod): string[] {
  if (specifier === '@salesforce/apex') {
    return names.filter((name) => !HELPERS.has(name)).map((name) => `Invalid import. "${name}" is not exported by "@salesforce/apex"`);
  }
  const reference = APEX.exec(specifier)?.[1];
  if (reference === undefined) return [];
  const [className = '', method, ...more] = reference.split('.');
  if (method === undefined || more.length > 0) return [`Not supported by the local org: module ${specifier}`];
  const wrong = names.filter((name) => name !== 'default');
  if (wrong.length > 0)
    return [`Invalid import. "${wrong.join(', ')}" is not exported by "${specifier}": an Apex method is the default export`];
  const found = find(className, method);
  if (found === 'no class') return [`Unable to find Apex action class referenced as '${className}'.`];
  if (found === 'no method') return [`Unable to find Apex action method referenced as '${className}.${method}'.`];
  if (found === 'not enabled')
    return [
      `Unable to find Apex action method referenced as '${className}.${method}': it is not a static @AuraEnabled method that is public.`,
    ];
  return [];
}
