import { METADATA_CALLS } from './api/metadata/metadata-soap.ts';
import { OPERATIONS } from './api/rest/dispatch.ts';
import { TOOLING_TABLES } from './api/tooling/tooling-tables.ts';
import { platformClasses } from './apex/platform/index.ts';
import { STANDARD_TABLES } from './schema/standard/standard-tables.ts';

/** What the local org has learned of the platform, as a part of its README: from the code itself, so that it cannot grow stale. */
export function coveredText(): string {
  return [
    '**Standard objects**, with the number of fields whose traits are known:',
    list(STANDARD_TABLES.map(({ name, fields }) => `${name} ${fields.length}`)),
    '**Apex classes of the platform**, with the number of methods and constructors that run:',
    list(platformClasses.map((each) => `${each.name} ${methodsOf(each)}`)),
    '**REST**, below `/services/data/vNN.0`:',
    list(OPERATIONS.map(({ method, path }) => `\`${method} ${path}\``)),
    '**Metadata API** calls over SOAP, and objects of the **Tooling API**:',
    list(Object.keys(METADATA_CALLS).map((name) => `\`${name}\``)),
    list(TOOLING_TABLES.map(({ name, fields }) => `${name} ${fields.length}`)),
  ].join('\n\n');
}

function methodsOf(each: (typeof platformClasses)[number]): number {
  return [each.methods, each.statics, each.constructors].reduce((sum, table) => sum + Object.keys(table ?? {}).length, 0);
}

function list(items: readonly string[]): string {
  return `${[...items].sort((a, b) => (a.replace(/`/g, '') < b.replace(/`/g, '') ? -1 : 1)).join(' · ')}.`;
}
