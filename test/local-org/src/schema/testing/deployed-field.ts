import type { DeployedField } from '../deployed-object.ts';

/** A field as metadata would declare it with nothing but a name and a type; for the tests of any room. */
export function deployedField(name: string, type: string, traits: Partial<DeployedField> = {}): DeployedField {
  return {
    name,
    label: name.replace(/__c$/, '').replaceAll('_', ' '),
    type,
    length: null,
    precision: null,
    scale: null,
    required: false,
    unique: false,
    caseSensitive: false,
    externalId: false,
    defaultValue: null,
    formula: null,
    displayFormat: null,
    picklist: null,
    referenceTo: null,
    relationshipName: null,
    inlineHelpText: null,
    ...traits,
  };
}
