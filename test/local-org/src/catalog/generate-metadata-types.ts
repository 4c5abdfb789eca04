import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/** The metadata types that the local org deploys; the types of their elements come along. */
const ROOTS = [
  'ApexClass',
  'ApexTrigger',
  'CustomApplication',
  'CustomField',
  'CustomMetadata',
  'CustomObject',
  'CustomPermission',
  'CustomTab',
  'FlexiPage',
  'Layout',
  'LightningComponentBundle',
  'PermissionSet',
  'Report',
  'ReportFolder',
  'ValidationRule',
];

/** Parts that the local org refuses whole, so that nothing in them is ever checked. */
const LEFT_OUT = new Set([
  'AnalyticsCloudComponentLayoutItem',
  'AppProfileActionOverride',
  'AppWorkspaceConfig',
  'BusinessProcess',
  'CustomConsoleComponents',
  'FeedLayout',
  'FieldSet',
  'FlexiPageEvent',
  'HistoryRetentionPolicy',
  'Index',
  'LwcResources',
  'MarketingObjectIndex',
  'MetadataEnrichments',
  'MktDataLakeAttributes',
  'MktDataLakeFieldAttributes',
  'MktDataModelAttributes',
  'MktDataModelFieldAttributes',
  'ProfileSearchLayouts',
  'RecordType',
  'ReportBucketField',
  'ReportColorRange',
  'ReportCrossFilter',
  'ReportCustomDetailFormula',
  'ReportDataCategoryFilter',
  'ReportFormattingRule',
  'ReportHierarchyScopeBinding',
  'ReportHistoricalSelector',
  'SearchLayouts',
  'ServiceCloudConsoleConfig',
  'SharingReason',
  'SharingRecalculation',
  'WebLink',
]);

/**
 * Elements that the typings lack and the guide has.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
 */
const ADDED: Readonly<Record<string, Readonly<Record<string, string>>>> = { CustomField: { displayLocationInDecimal: 'boolean?' } };

/** Elements that hold more than the typings say: `xml` is any elements, with attributes. */
const AS_XML = new Set(['LightningComponentBundle.targetConfigs']);

/**
 * Elements, multiplicity and enumerations of the metadata types, from the typings that Salesforce generates from the
 * Metadata API's WSDL. `boolean?` is an optional element, `CustomField[]` one that repeats.
 */
export function generateMetadataTypes(): string {
  const file = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const aliases = new Map<string, ts.TypeNode>();
  source.forEachChild((node) => {
    if (ts.isTypeAliasDeclaration(node)) aliases.set(node.name.text, node.type);
  });

  const types: Record<string, Record<string, string>> = {};
  const enums: Record<string, string[]> = {};
  const left = [...ROOTS];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (types[name] || enums[name] || LEFT_OUT.has(name)) continue;
    const type = aliases.get(name);
    if (!type) throw new Error(`@salesforce/types has no metadata type ${name}`);
    const values = enumeration(type);
    if (values) {
      enums[name] = values;
      continue;
    }
    const elements = elementsOf(type, aliases);
    for (const each of Object.keys(elements)) if (AS_XML.has(`${name}.${each}`)) elements[each] = 'xml?';
    Object.assign(elements, ADDED[name]);
    types[name] = elements;
    for (const element of Object.values(elements)) {
      const target = element.replace(/\?$|\[\]$/, '');
      if (aliases.has(target)) left.push(target);
    }
  }
  return `${JSON.stringify({ types: sorted(types), enums: sorted(enums) }, null, 1)}\n`;
}

function enumeration(type: ts.TypeNode): string[] | undefined {
  const members = ts.isUnionTypeNode(type) ? type.types : [type];
  const values = members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
  return values.length === members.length ? values : undefined;
}

function elementsOf(type: ts.TypeNode, aliases: ReadonlyMap<string, ts.TypeNode>): Record<string, string> {
  if (ts.isIntersectionTypeNode(type)) return Object.fromEntries(type.types.flatMap((part) => Object.entries(elementsOf(part, aliases))));
  if (ts.isTypeReferenceNode(type)) {
    const target = aliases.get(type.typeName.getText());
    if (!target) throw new Error(`@salesforce/types does not declare ${type.getText()}`);
    return elementsOf(target, aliases);
  }
  if (!ts.isTypeLiteralNode(type)) throw new Error(`Cannot read the metadata type ${type.getText()}`);
  const elements: Record<string, string> = {};
  for (const member of type.members) {
    if (!ts.isPropertySignature(member) || !member.type) throw new Error(`Cannot read the metadata element ${member.getText()}`);
    const repeats = ts.isArrayTypeNode(member.type);
    const target = resolved(repeats ? member.type.elementType : member.type, aliases);
    elements[member.name.getText()] = `${target}${repeats ? '[]' : member.questionToken ? '?' : ''}`;
  }
  return elements;
}

/** `string` for an alias of string and for a date, else the name as written. */
function resolved(type: ts.TypeNode, aliases: ReadonlyMap<string, ts.TypeNode>): string {
  if (type.getText() === 'Date') return 'string';
  const alias = ts.isTypeReferenceNode(type) ? aliases.get(type.typeName.getText()) : undefined;
  return alias?.kind === ts.SyntaxKind.StringKeyword ? 'string' : type.getText();
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
