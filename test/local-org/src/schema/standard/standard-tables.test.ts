import { describe, expect, it } from 'vitest';
import { standardObject } from '../../catalog/standard-objects.ts';
import type { FieldType } from '../types.ts';
import { STANDARD_TABLES } from './standard-tables.ts';

/** Which Apex type the catalogue gives a field of each describe type. */
const APEX_TYPES: Readonly<Record<FieldType, readonly string[]>> = {
  id: ['Id'],
  reference: ['Id'],
  string: ['String'],
  textarea: ['String'],
  picklist: ['String'],
  multipicklist: ['String'],
  combobox: ['String'],
  email: ['String'],
  phone: ['String'],
  url: ['String'],
  encryptedstring: ['String'],
  boolean: ['Boolean'],
  int: ['Integer'],
  double: ['Decimal', 'Double'],
  currency: ['Decimal'],
  percent: ['Decimal'],
  date: ['Date'],
  datetime: ['Datetime'],
  time: ['Time'],
  base64: ['Blob'],
  address: ['Address'],
  location: ['Location'],
};

/** Names that stand for more than one object in the catalogue. */
const POLYMORPHIC = ['Name', 'SObject'];

/** The catalogue does not list it, since not every org has it. */
const IN_NO_CATALOGUE = ['ContentNote'];

describe.each(STANDARD_TABLES.filter(({ name }) => !IN_NO_CATALOGUE.includes(name)))('$name', (table) => {
  const catalogue = standardObject(table.name);
  if (!catalogue) throw new Error(`The catalogue has no ${table.name}`);

  it('has only fields of the catalogue, by their name and type', () => {
    const wrong = table.fields.flatMap(({ def }) => {
      const compound = catalogue.parents.get(def.name.toLowerCase());
      const known =
        def.type === 'address' && compound ? { name: compound.name, type: compound.object } : catalogue.fields.get(def.name.toLowerCase());
      return known?.name === def.name && APEX_TYPES[def.type].includes(known.type)
        ? []
        : [`${def.name}: ${def.type} is ${known?.type ?? 'nothing'}`];
    });
    expect(wrong).toEqual([]);
  });

  it('names each field once', () => {
    const names = table.fields.map(({ def }) => def.name);
    expect(names).toEqual([...new Set(names)]);
  });

  it('refers to objects that there are, by the relationships of the catalogue', () => {
    const tables = new Set(STANDARD_TABLES.map(({ name }) => name));
    const wrong = table.fields.flatMap(({ def, children }) => {
      if (def.type !== 'reference') return [];
      const parent = catalogue.parents.get(def.relationshipName?.toLowerCase() ?? '');
      const fits =
        parent?.name === def.relationshipName && (POLYMORPHIC.includes(parent?.object ?? '') || def.referenceTo.join() === parent?.object);
      const reversed = [...children].filter(
        ([target, name]) => standardObject(target)?.children.get(name.toLowerCase())?.object !== table.name,
      );
      const strange = def.referenceTo.filter((target) => !tables.has(target));
      return fits && reversed.length === 0 && strange.length === 0 ? [] : [{ field: def.name, parent: parent?.object, reversed, strange }];
    });
    expect(wrong).toEqual([]);
  });

  it('has sizes where they have a meaning, and one default at most', () => {
    const wrong = table.fields.flatMap(({ def }) => {
      const sized = APEX_TYPES[def.type].includes('String') || def.type === 'reference' || def.type === 'id';
      const numeric = ['int', 'double', 'currency', 'percent'].includes(def.type);
      const defaults = def.picklistValues.filter((value) => value.defaultValue).length;
      return def.length > 0 === sized && def.precision > 0 === numeric && def.scale <= def.precision && defaults <= 1 ? [] : [def.name];
    });
    expect(wrong).toEqual([]);
  });
});

it.each([
  ['Account', 'Name'],
  ['Case', 'CaseNumber'],
  ['Event', 'Subject'],
  ['Task', 'Subject'],
])('people know a record of %s by its %s', (name, field) => {
  const table = STANDARD_TABLES.find((each) => each.name === name);
  expect(table?.fields.filter(({ def }) => def.nameField).map(({ def }) => def.name)).toEqual([field]);
});
