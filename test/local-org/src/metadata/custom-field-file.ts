import { NotSupported, type Location, type Problem } from '../errors.ts';
import { customField } from '../schema/custom-fields.ts';
import { isCustomMetadataName } from '../schema/custom-metadata.ts';
import type { DeployedField, DeployedPicklist } from '../schema/deployed-object.ts';
import { unsupported } from './check-elements.ts';
import { fieldRules } from './field-rules.ts';
import { child, childrenNamed, flagOf, numberOf, textOf, type XmlElement } from './xml-element.ts';

/** What the local org would have to act on and does not: refused, so that nothing is silently ignored. */
const REFUSED = [
  'lookupFilter',
  'metadataRelationshipControllingField',
  'summaryForeignKey',
  'encryptionScheme',
  'maskChar',
  'maskType',
  'startingNumber',
];
const REFUSED_WHEN_TRUE = [
  'trackHistory',
  'trackFeedHistory',
  'trackTrending',
  'reparentableMasterDetail',
  'isFilteringDisabled',
  'isSortingDisabled',
];

/** A custom field from its element, and what is wrong with it. The element has passed `checkElements`. */
export function readCustomField(object: string, name: string, element: XmlElement): { field: DeployedField; problems: Problem[] } {
  const field: DeployedField = {
    name,
    label: textOf(element, 'label') ?? name,
    type: textOf(element, 'type') ?? '',
    length: numberOf(element, 'length'),
    precision: numberOf(element, 'precision'),
    scale: numberOf(element, 'scale'),
    required: flagOf(element, 'required'),
    unique: flagOf(element, 'unique'),
    caseSensitive: flagOf(element, 'caseSensitive'),
    externalId: flagOf(element, 'externalId'),
    defaultValue: textOf(element, 'defaultValue'),
    formula: textOf(element, 'formula'),
    displayFormat: textOf(element, 'displayFormat'),
    picklist: picklist(element),
    referenceTo: textOf(element, 'referenceTo'),
    relationshipName: textOf(element, 'relationshipName'),
    inlineHelpText: textOf(element, 'inlineHelpText'),
  };
  const problems = [...fieldRules(element), ...refusals(element)];
  if (isCustomMetadataName(object)) problems.push(...customMetadataFieldRules(element, field));
  if (problems.length === 0) problems.push(...schemaRefusal(object, field, element.at));
  return { field, problems };
}

/** @see https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_fields.htm */
const METADATA_FIELD_TYPES = new Set([
  'Checkbox',
  'Date',
  'DateTime',
  'Email',
  'LongTextArea',
  'MetadataRelationship',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Text',
  'TextArea',
  'Url',
]);

function customMetadataFieldRules(element: XmlElement, { type, formula, externalId, unique }: DeployedField): Problem[] {
  const problems: Problem[] = [];
  const refuse = (name: string, message: string): void => {
    problems.push({ message, location: child(element, name)?.at ?? element.at });
  };
  if (!METADATA_FIELD_TYPES.has(type)) refuse('type', `A custom metadata type can not have a field of type ${type}`);
  if (formula !== null) refuse('formula', "Can not specify 'formula' for a field of a custom metadata type");
  if (unique) problems.push(unsupported('unique fields of custom metadata types', child(element, 'unique') ?? element));
  if (externalId) refuse('externalId', "Can not specify 'externalId' for a field of a custom metadata type");
  return problems;
}

function picklist(element: XmlElement): DeployedPicklist | null {
  const valueSet = child(element, 'valueSet');
  const definition = valueSet && child(valueSet, 'valueSetDefinition');
  if (!valueSet || !definition) return null;
  const values = childrenNamed(definition, 'value').map((value) => {
    const name = textOf(value, 'fullName') ?? '';
    const label = textOf(value, 'label') ?? name;
    return { value: name, label, active: flagOf(value, 'isActive', true), isDefault: flagOf(value, 'default') };
  });
  const sorted = flagOf(definition, 'sorted') ? [...values].sort((a, b) => a.label.localeCompare(b.label, 'en')) : values;
  return { restricted: flagOf(valueSet, 'restricted'), values: sorted };
}

function refusals(element: XmlElement): Problem[] {
  const problems: Problem[] = [];
  for (const each of element.children) {
    if (REFUSED.includes(each.name) || (REFUSED_WHEN_TRUE.includes(each.name) && flagOf(element, each.name))) {
      problems.push(unsupported(`CustomField.${each.name}`, each));
    }
  }
  const constraint = child(element, 'deleteConstraint');
  if (constraint && textOf(element, 'deleteConstraint') !== 'SetNull') {
    problems.push(unsupported(`CustomField.deleteConstraint ${constraint.text.trim()}`, constraint));
  }
  const valueSet = child(element, 'valueSet');
  for (const each of valueSet?.children ?? []) {
    if (['controllingField', 'valueSetName', 'valueSettings'].includes(each.name))
      problems.push(unsupported(`ValueSet.${each.name}`, each));
  }
  const blanks = child(element, 'formulaTreatBlanksAs');
  if (blanks && textOf(element, 'formulaTreatBlanksAs') === 'BlankAsBlank') {
    problems.push(unsupported('CustomField.formulaTreatBlanksAs BlankAsBlank', blanks));
  }
  return problems;
}

function schemaRefusal(object: string, field: DeployedField, location: Location): Problem[] {
  try {
    customField(object, field);
    return [];
  } catch (error) {
    if (!(error instanceof NotSupported)) throw error;
    return [{ message: error.message, location }];
  }
}
