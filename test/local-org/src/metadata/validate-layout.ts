import type { Problem } from '../errors.ts';
import { isCustomMetadata } from '../schema/custom-metadata.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { unsupported } from './check-elements.ts';
import type { OtherComponent } from './package.ts';
import type { References } from './references.ts';
import { relatedListColumn } from './standard-columns.ts';
import { child, childrenNamed, textOf, type XmlElement } from './xml-element.ts';

/** Elements that would bring buttons, actions or components which the local org does not have. */
const REFUSED = ['customButtons', 'quickActionList', 'platformActionList', 'relatedContent', 'summaryLayout'];
/** What a layout item may hold, and of which exactly one. */
const CONTENTS = [
  'field',
  'emptySpace',
  'customLink',
  'page',
  'canvas',
  'component',
  'scontrol',
  'reportChartComponent',
  'analyticsCloudComponent',
];
const STANDARD_RELATED_LISTS = new Set([
  'RelatedActivityList',
  'RelatedHistoryList',
  'RelatedNoteList',
  'RelatedFileList',
  'RelatedContentNoteList',
]);

/** What layouts of custom metadata types show besides the type's own fields, and how: Setup alone has them, SOQL and Apex do not. */
const OF_METADATA_RECORDS: ReadonlyMap<string, string> = new Map([
  ['IsProtected', 'Edit'],
  ['CreatedById', 'Readonly'],
  ['LastModifiedById', 'Readonly'],
]);

/**
 * A page layout: `<object>-<name>`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_layouts.htm
 */
export function validateLayout({ name, element, at }: OtherComponent, references: References): Problem[] {
  const [objectName = '', ...rest] = name.split('-');
  if (rest.join('-') === '')
    return [{ message: `The name ${name} is not that of a layout: the object's name, a hyphen, the layout's name`, location: at }];
  // The layout of the page on which cases are closed, which has a name of its own and is of no object.
  if (objectName === 'CaseClose') return [unsupported('layouts of CaseClose', element)];
  const object = references.object(objectName, at);
  if (object.def === null) return [...object.problems];
  const { def } = object;
  const items = childrenNamed(element, 'layoutSections')
    .flatMap((section) => childrenNamed(section, 'layoutColumns'))
    .flatMap((column) => childrenNamed(column, 'layoutItems'));
  return [
    ...REFUSED.flatMap((each) => childrenNamed(element, each).map((refused) => unsupported(`Layout.${each}`, refused))),
    ...items.flatMap((item) => itemProblems(item, def, references)),
    ...fieldsTwice(items),
    ...missingRequired(items, def, element),
    ...childrenNamed(element, 'relatedLists').flatMap((list) => relatedListProblems(list, def, references)),
    ...childrenNamed(element, 'miniLayout').flatMap((mini) =>
      childrenNamed(mini, 'fields').flatMap((each) => references.field(def, each.text.trim(), each.at).problems),
    ),
  ];
}

function itemProblems(item: XmlElement, object: ObjectDef, references: References): Problem[] {
  const contents = item.children.filter(({ name }) => CONTENTS.includes(name));
  const [content] = contents;
  if (!content || contents.length > 1) return [{ message: 'A layout item holds one field, empty space or component', location: item.at }];
  if (content.name === 'emptySpace') return [];
  if (content.name !== 'field') return [unsupported(`LayoutItem.${content.name}`, content)];
  const setupOnly = isCustomMetadata(object) ? OF_METADATA_RECORDS.get(content.text.trim()) : undefined;
  if (setupOnly !== undefined) {
    const right = textOf(item, 'behavior') === setupOnly;
    return right ? [] : [{ message: `Field:${content.text.trim()} must be ${setupOnly}`, location: item.at }];
  }
  const { def, problems } = references.field(object, content.text.trim(), content.at);
  if (def === null) return [...problems];
  const behavior = textOf(item, 'behavior');
  if (behavior === null) return [{ message: `Layout item for ${def.name} has no behavior`, location: item.at }];
  if (isReadOnly(def) && behavior !== 'Readonly') return [{ message: `Field:${def.name} must be Readonly`, location: item.at }];
  if (isAlwaysRequired(def) && behavior !== 'Required') return [{ message: `Field:${def.name} must be Required`, location: item.at }];
  return [];
}

/** Computed, or kept by the platform. A compound field stands for its parts. */
function isReadOnly({ calculated, autoNumber, createable, updateable, type }: FieldDef): boolean {
  return calculated || autoNumber || (!createable && !updateable && type !== 'address' && type !== 'string');
}

function isAlwaysRequired({ custom, nameField, nillable, type, autoNumber, createable }: FieldDef): boolean {
  return (custom || nameField) && !nillable && type !== 'boolean' && !autoNumber && createable;
}

function fieldsTwice(items: readonly XmlElement[]): Problem[] {
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const field = child(item, 'field');
    const key = field?.text.trim().toLowerCase() ?? '';
    if (!field || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ message: `Field:${field.text.trim()} is on the layout twice`, location: field.at }];
  });
}

function missingRequired(items: readonly XmlElement[], object: ObjectDef, layout: XmlElement): Problem[] {
  if (!object.name.endsWith('__c')) return [];
  const present = new Set(items.map((item) => textOf(item, 'field')?.toLowerCase()));
  return [...object.fields.values()]
    .filter((field) => isAlwaysRequired(field) && !present.has(field.name.toLowerCase()))
    .map(({ name }) => ({ message: `Layout must contain an item for required layout field: ${name}`, location: layout.at }));
}

/** `Cleanup_Audit__c.Opportunity__c`: the lookup of the child that points here. */
function relatedListProblems(list: XmlElement, object: ObjectDef, references: References): Problem[] {
  const at = child(list, 'relatedList')?.at ?? list.at;
  const name = textOf(list, 'relatedList') ?? '';
  if (STANDARD_RELATED_LISTS.has(name)) return [];
  const [childName = '', lookup] = name.split('.');
  if (lookup === undefined) return [unsupported(`related list ${name}`, list)];
  const message = `Cannot find related list:${name}`;
  const childObject = references.object(childName, at, message);
  if (childObject.def === null) return [...childObject.problems];
  const { def } = childObject;
  const field = references.field(def, lookup, at, message);
  if (field.def === null) return [...field.problems];
  if (!field.def.referenceTo.includes(object.name)) return [{ message, location: at }];
  const refused = ['customButtons', 'quickActions'].flatMap((each) => childrenNamed(list, each));
  return [
    ...refused.map((each) => unsupported(`RelatedListItem.${each.name}`, each)),
    ...[...childrenNamed(list, 'fields'), ...childrenNamed(list, 'sortField')].flatMap((each) => relatedListColumn(each, def, references)),
  ];
}
