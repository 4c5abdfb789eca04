import type { Problem } from '../../errors.ts';
import type { BundleFile, OtherComponent } from '../package.ts';
import type { References } from '../references.ts';
import type { ModuleImport } from './parse-module.ts';
import { BASE_COMPONENTS, PLATFORM_MODULES } from './platform-modules.ts';

/** Names that the engine exports to components. @see https://developer.salesforce.com/docs/platform/lwc/guide/reference-lwc-module.html */
const LWC_EXPORTS = new Set([
  'LightningElement',
  'api',
  'track',
  'wire',
  'createElement',
  'createContextProvider',
  'readonly',
  'setFeatureFlag',
  'unwrap',
  'default',
]);
/** Parts of `@salesforce/` of which every org has each name, or each of those that are listed. */
const ALWAYS_THERE: Readonly<Record<string, ReadonlySet<string>>> = {
  client: new Set(['formFactor']),
  user: new Set(['Id', 'isGuest']),
  i18n: new Set(
    `calendarData currency defaultCalendar defaultNumberingSystem dir firstDayOfWeek lang locale showJapaneseCalendar timeZone
    dateTime.longDateFormat dateTime.longDateTimeFormat dateTime.longTimeFormat dateTime.mediumDateFormat dateTime.mediumDateTimeFormat
    dateTime.shortDateFormat dateTime.shortDateTimeFormat dateTime.shortTimeFormat number.currencyFormat number.currencySymbol
    number.decimalSeparator number.exponentialSign number.groupingSeparator number.infinity number.minusSign number.nan
    number.numberFormat number.percentFormat number.percentSign number.perMilleSign number.plusSign number.zeroDigit`.split(/\s+/),
  ),
};

export interface ImportPlace {
  readonly bundle: OtherComponent;
  readonly file: BundleFile;
  readonly references: References;
}

/** What an import names and is not there. The Apex that it names is told by `apexImports`. */
export function importProblems(each: ModuleImport, { bundle, file, references }: ImportPlace): readonly Problem[] {
  const { specifier, names, line, column } = each;
  const location = { file: file.file, line, column };
  const problem = (message: string): Problem[] => [{ message, location }];
  const [space = '', ...path] = specifier.split('/');
  const rest = path.join('/');
  if (specifier === 'lwc') {
    const wrong = names.filter((name) => !LWC_EXPORTS.has(name));
    return wrong.flatMap((name) => problem(`Invalid import. "${name}" is not exported by "lwc"`));
  }
  if (specifier.startsWith('.'))
    return hasFile(bundle, specifier) ? [] : problem(`Cannot find the module ${specifier}: no such file in the bundle`);
  if (space === 'c') return references.bundle(rest) ? [] : problem(`No MODULE named markup://c:${rest} found`);
  if (space === 'lightning') {
    const isKnown = PLATFORM_MODULES.has(rest) || BASE_COMPONENTS.has(rest);
    return isKnown ? [] : problem(`Not supported by the local org: module ${specifier}`);
  }
  if (space === '@salesforce') return platformProblems(path, { location, references });
  return problem(`Cannot find the module ${specifier}: components import from c/, lightning/, @salesforce/ and their own files`);
}

function hasFile({ resources }: OtherComponent, specifier: string): boolean {
  const name = specifier.replace(/^\.\//, '');
  return resources.some((resource) => resource.name === name || resource.name === `${name}.js`);
}

function platformProblems(
  path: readonly string[],
  { location, references }: { location: Problem['location']; references: References },
): readonly Problem[] {
  const [kind = '', ...rest] = path;
  const name = rest.join('/');
  const problem = (message: string): Problem[] => [{ message, location }];
  if (kind === 'apex') return [];
  if (kind === 'schema') return schemaProblems(name, location, references);
  if (kind === 'customPermission') return references.missing('customPermission', 'CustomPermission', name, location);
  if (kind === 'label') return problem(`Invalid reference ${name} of type label: the local org has no custom labels`);
  if (kind === 'resourceUrl') return problem(`Invalid reference ${name} of type resourceUrl: the local org has no static resources`);
  const known = Object.hasOwn(ALWAYS_THERE, kind) ? ALWAYS_THERE[kind] : undefined;
  if (known?.has(name) === true) return [];
  return problem(`Not supported by the local org: module @salesforce/${path.join('/')}`);
}

/** `Cleanup_Audit__c`, `Cleanup_Audit__c.Failed__c`, `Contact.Account.Name` */
function schemaProblems(reference: string, location: Problem['location'], references: References): readonly Problem[] {
  const [objectName = '', ...fields] = reference.split('.');
  const message = `Invalid reference ${reference} of type ${fields.length === 0 ? 'sobjectClass' : 'sobjectField'} in file ${location.file.slice(location.file.lastIndexOf('/') + 1)}`;
  const start = references.object(objectName, location, message);
  if (start.def === null) return start.problems;
  let object = start.def;
  for (const [index, name] of fields.entries()) {
    if (index === fields.length - 1) return references.field(object, name, location, message).problems;
    const parent = references.schema.parentRelationship(object, name);
    const target = parent.kind === 'known' ? parent.def.referenceTo[0] : undefined;
    if (target === undefined) return [{ message, location }];
    const next = references.object(target, location, message);
    if (next.def === null) return next.problems;
    object = next.def;
  }
  return [];
}
