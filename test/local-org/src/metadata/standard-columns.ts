import type { Problem } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import { unsupported } from './check-elements.ts';
import type { References } from './references.ts';
import type { XmlElement } from './xml-element.ts';

/**
 * Columns of list views and related lists of custom objects that are no field names.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listview.htm
 */
const STANDARD_COLUMNS = new Set([
  'NAME',
  'CREATED_DATE',
  'CREATEDBY_USER',
  'CREATEDBY_USER.ALIAS',
  'LAST_UPDATE',
  'UPDATEDBY_USER',
  'UPDATEDBY_USER.ALIAS',
  'OWNER.ALIAS',
  'OWNER.FIRST_NAME',
  'OWNER.LAST_NAME',
]);

/**
 * Columns of the report type that each custom object with reports has.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_report.htm
 */
export const REPORT_COLUMNS: ReadonlySet<string> = new Set([
  'CUST_ID',
  'CUST_NAME',
  'CUST_OWNER_NAME',
  'CUST_CREATED_DATE',
  'CUST_CREATED_NAME',
  'CUST_LAST_UPDATE',
  'CUST_LAST_UPDATE_NAME',
]);

/** A column of a list view, or of a filter in one. */
export function listColumn(element: XmlElement, object: ObjectDef, references: References): readonly Problem[] {
  const name = element.text.trim();
  if (name.endsWith('__c')) return references.field(object, name, element.at, `Could not resolve list view column: ${name}`).problems;
  if (object.name.endsWith('__c') && STANDARD_COLUMNS.has(name)) return [];
  return [unsupported(`column ${name} of ${object.name}`, element)];
}

/** A column of a related list. */
export function relatedListColumn(element: XmlElement, child: ObjectDef, references: References): readonly Problem[] {
  const name = element.text.trim();
  if (name.endsWith('__c'))
    return references.field(child, name, element.at, `Invalid field:${name} in related list:${child.name}`).problems;
  if (child.name.endsWith('__c') && STANDARD_COLUMNS.has(name)) return [];
  return [unsupported(`column ${name} of ${child.name}`, element)];
}
