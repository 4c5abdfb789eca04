import type { Location, Problem } from '../errors.ts';
import { child, childrenNamed, flagOf, numberOf, textOf, type XmlElement } from './xml-element.ts';

/**
 * What a field must and must not say, by its type.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
 */
const MUST_SAY: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['displayFormat'],
  Checkbox: ['defaultValue'],
  Currency: ['precision', 'scale'],
  Html: ['length', 'visibleLines'],
  LongTextArea: ['length', 'visibleLines'],
  Lookup: ['referenceTo', 'relationshipName'],
  MasterDetail: ['referenceTo', 'relationshipName'],
  MultiselectPicklist: ['valueSet', 'visibleLines'],
  Number: ['precision', 'scale'],
  Percent: ['precision', 'scale'],
  Picklist: ['valueSet'],
  Text: ['length'],
};

const HAS_LENGTH = new Set(['Text', 'LongTextArea', 'Html', 'EncryptedText']);
const MAY_BE_UNIQUE = new Set(['Text', 'Number', 'Email']);
const MAY_BE_EXTERNAL_ID = new Set(['Text', 'Number', 'Email', 'AutoNumber']);
const NEVER_REQUIRED = new Set(['AutoNumber', 'Checkbox', 'Html', 'LongTextArea', 'MasterDetail', 'MultiselectPicklist', 'Summary']);
const MAY_BE_FORMULA = new Set(['Checkbox', 'Currency', 'Date', 'DateTime', 'Number', 'Percent', 'Text', 'Time']);
/** Shortest and longest that a type allows. */
const LENGTHS: Readonly<Record<string, readonly [number, number]>> = { Text: [1, 255], LongTextArea: [256, 131_072], Html: [256, 131_072] };

export function fieldRules(element: XmlElement): Problem[] {
  const type = textOf(element, 'type');
  if (type === null) return [at(element.at, `Must specify 'type' for a CustomField${child(element, 'formula') ? ' with a formula' : ''}`)];
  const isFormula = child(element, 'formula') !== undefined;
  return [
    ...labelRule(element),
    ...(isFormula ? formulaRules(element, type) : sayings(element, type)),
    ...sizeRules(element, type),
    ...uniqueRules(element, type, isFormula),
    ...lookupRule(element, type),
    ...picklistRules(element),
  ];
}

function labelRule(element: XmlElement): Problem[] {
  return textOf(element, 'label') === null ? [at(element.at, 'Must specify a non-empty label for the CustomField')] : [];
}

function sayings(element: XmlElement, type: string): Problem[] {
  const missing = (MUST_SAY[type] ?? []).filter((name) => child(element, name) === undefined);
  return missing.map((name) => at(element.at, `Must specify '${name}' for a CustomField of type ${type}`));
}

function formulaRules(element: XmlElement, type: string): Problem[] {
  const forbidden = ['length', 'defaultValue', 'valueSet', 'referenceTo'].flatMap((name) => child(element, name) ?? []);
  const problems = forbidden.map((each) => at(each.at, `Can not specify '${each.name}' for a CustomField with a formula`));
  if (textOf(element, 'formula') === null) problems.push(at(element.at, 'The formula of the CustomField is empty'));
  if (!MAY_BE_FORMULA.has(type)) problems.push(at(element.at, `Can not specify 'formula' for a CustomField of type ${type}`));
  if (['Currency', 'Number', 'Percent'].includes(type) && child(element, 'precision') === undefined) {
    problems.push(at(element.at, `Must specify 'precision' for a CustomField of type ${type}`));
  }
  return problems;
}

function sizeRules(element: XmlElement, type: string): Problem[] {
  const problems: Problem[] = [];
  const length = child(element, 'length');
  if (length && !HAS_LENGTH.has(type)) problems.push(at(length.at, `Can not specify 'length' for a CustomField of type ${type}`));
  const bounds = LENGTHS[type];
  const characters = numberOf(element, 'length');
  if (length && bounds && (characters === null || characters < bounds[0] || characters > bounds[1] || !Number.isInteger(characters))) {
    problems.push(at(length.at, `The length of a CustomField of type ${type} must be a whole number from ${bounds[0]} to ${bounds[1]}`));
  }
  const precision = numberOf(element, 'precision');
  const scale = numberOf(element, 'scale') ?? 0;
  if (precision !== null && (precision < 1 || precision > 18 || scale < 0 || scale > precision)) {
    problems.push(at(element.at, 'The precision must be from 1 to 18, and the scale from 0 to the precision'));
  }
  return problems;
}

function uniqueRules(element: XmlElement, type: string, isFormula: boolean): Problem[] {
  const problems: Problem[] = [];
  const refuse = (name: string): void => {
    problems.push(at(child(element, name)?.at ?? element.at, `Can not specify '${name}' for a CustomField of type ${type}`));
  };
  if (flagOf(element, 'unique') && (!MAY_BE_UNIQUE.has(type) || isFormula)) refuse('unique');
  if (flagOf(element, 'externalId') && (!MAY_BE_EXTERNAL_ID.has(type) || isFormula)) refuse('externalId');
  if (flagOf(element, 'required') && (NEVER_REQUIRED.has(type) || isFormula)) refuse('required');
  const caseSensitive = child(element, 'caseSensitive');
  if (caseSensitive && flagOf(element, 'caseSensitive') && !(type === 'Text' && flagOf(element, 'unique'))) {
    problems.push(at(caseSensitive.at, "Can not specify 'caseSensitive' for a CustomField that is not a unique Text"));
  }
  return problems;
}

/** A required lookup cannot be emptied when its record is deleted, which is what happens where nothing else is said. */
function lookupRule(element: XmlElement, type: string): Problem[] {
  if (type !== 'Lookup' || !flagOf(element, 'required')) return [];
  if (/^(?:Cascade|Restrict)$/.test(textOf(element, 'deleteConstraint') ?? '')) return [];
  const message =
    'field integrity exception: unknown (must specify either cascade delete or restrict delete for required lookup foreign key)';
  return [at(element.at, message)];
}

function picklistRules(element: XmlElement): Problem[] {
  const valueSet = child(element, 'valueSet');
  const definition = valueSet && child(valueSet, 'valueSetDefinition');
  if (!valueSet) return [];
  if (!/^(?:Multiselect)?Picklist$/.test(textOf(element, 'type') ?? ''))
    return [at(valueSet.at, `Can not specify 'valueSet' for a CustomField of type ${textOf(element, 'type')}`)];
  if (!definition)
    return child(valueSet, 'valueSetName') ? [] : [at(valueSet.at, 'A value set needs a valueSetDefinition or a valueSetName')];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const value of childrenNamed(definition, 'value')) {
    const name = textOf(value, 'fullName');
    if (name === null) problems.push(at(value.at, 'Required field is missing: fullName'));
    else if (seen.has(name.toLowerCase())) problems.push(at(value.at, `Duplicate value: ${name}`));
    else seen.add(name.toLowerCase());
  }
  const defaults = childrenNamed(definition, 'value').filter((value) => flagOf(value, 'default'));
  const second = defaults[1];
  if (second && textOf(element, 'type') === 'Picklist') problems.push(at(second.at, 'A picklist has one default value at most'));
  return problems;
}

function at(location: Location, message: string): Problem {
  return { message, location };
}
