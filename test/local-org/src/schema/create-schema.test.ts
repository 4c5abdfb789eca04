import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { createSchema } from './create-schema.ts';
import type { DeployedField, DeployedObject } from './deployed-object.ts';
import { deployedField as field } from './testing/deployed-field.ts';
import type { FieldDef, Lookup, ObjectDef, Schema } from './types.ts';

function object(name: string, fields: readonly DeployedField[], over: Partial<DeployedObject> = {}): DeployedObject {
  const nameField = { label: 'Number', type: 'AutoNumber', displayFormat: 'A-{0000}' } as const;
  return { name, label: name, labelPlural: name, nameField: name.endsWith('__c') ? nameField : null, fields, ...over };
}

function known<T>(found: Lookup<T>): T {
  if (found.kind !== 'known') throw new Error(`Expected a definition, got ${found.kind}`);
  return found.def;
}

function fieldOf(schema: Schema, objectName: string, name: string): FieldDef {
  return known(schema.field(known(schema.object(objectName)), name));
}

describe('look-ups', () => {
  const schema = createSchema([]);
  const account = known(schema.object('ACCOUNT'));
  const task = known(schema.object('Task'));

  it('tell what is known, what the platform has and what it has not', () => {
    expect(account.name).toBe('Account');
    expect(schema.object('Campaign').kind).toBe('unsupported');
    expect(schema.object('Acount').kind).toBe('unknown');
    expect(known(schema.field(account, 'annualrevenue')).name).toBe('AnnualRevenue');
    expect(schema.field(account, 'NaicsCode').kind).toBe('unsupported');
    expect(schema.field(account, 'Revenue').kind).toBe('unknown');
    expect(schema.field(account, 'Custom__c').kind).toBe('unknown');
  });

  it('have no names of features that the org has not switched on', () => {
    expect(schema.field(account, 'CurrencyIsoCode').kind).toBe('unknown');
    expect(schema.field(account, 'BillingStateCode').kind).toBe('unknown');
    expect(schema.field(account, 'PersonEmail').kind).toBe('unknown');
    expect(schema.object('CurrencyType').kind).toBe('unknown');
    expect(known(schema.field(known(schema.object('User')), 'Division')).type).toBe('string');
    expect(schema.field(account, 'Division').kind).toBe('unknown');
  });

  it('follow relationships to parents, polymorphic ones too', () => {
    expect(known(schema.parentRelationship(account, 'owner')).name).toBe('OwnerId');
    expect(known(schema.parentRelationship(task, 'What')).referenceTo).toEqual(['Account', 'Opportunity', 'Case']);
    expect(known(schema.parentRelationship(task, 'Who')).referenceTo).toEqual(['Contact', 'Lead']);
    expect(schema.parentRelationship(account, 'OperatingHours').kind).toBe('unsupported');
    expect(schema.parentRelationship(account, 'BillingAddress').kind).toBe('unknown');
    expect(schema.parentRelationship(account, 'Boss').kind).toBe('unknown');
  });

  it('follow relationships to children', () => {
    const contacts = known(schema.childRelationship(account, 'contacts'));
    expect(contacts).toEqual({ relationshipName: 'Contacts', childObject: 'Contact', field: 'AccountId' });
    expect(known(schema.childRelationship(account, 'Tasks')).field).toBe('WhatId');
    expect(known(schema.childRelationship(known(schema.object('User')), 'ManagedUsers')).field).toBe('ManagerId');
    expect(schema.childRelationship(account, 'Assets').kind).toBe('unsupported');
    expect(schema.childRelationship(account, 'Friends').kind).toBe('unknown');
  });

  it('find objects by key prefix', () => {
    expect(schema.objectByPrefix('006')?.name).toBe('Opportunity');
    expect(schema.objectByPrefix('00q')).toBeUndefined();
    expect(schema.objectByPrefix('00Q')?.name).toBe('Lead');
  });
});

describe('traits of standard fields', () => {
  const schema = createSchema([]);

  it('are those of the Object Reference', () => {
    expect(fieldOf(schema, 'Opportunity', 'Name')).toMatchObject({ length: 120, nillable: false, createable: true, nameField: true });
    expect(fieldOf(schema, 'Opportunity', 'NextStep')).toMatchObject({ type: 'string', length: 255, nillable: true, updateable: true });
    expect(fieldOf(schema, 'Opportunity', 'Amount')).toMatchObject({ type: 'currency', precision: 18, scale: 2, groupable: false });
    expect(fieldOf(schema, 'Opportunity', 'Description')).toMatchObject({ length: 32000, filterable: false, sortable: false });
    expect(fieldOf(schema, 'Opportunity', 'IsClosed')).toMatchObject({ createable: false, updateable: false, nillable: false });
    expect(fieldOf(schema, 'Account', 'Description')).toMatchObject({ filterable: false });
    expect(fieldOf(schema, 'Case', 'CaseNumber')).toMatchObject({ autoNumber: true, createable: false, displayFormat: '{00000000}' });
    expect(fieldOf(schema, 'Lead', 'Status')).toMatchObject({
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: 'Open - Not Contacted',
    });
    expect(fieldOf(schema, 'Account', 'BillingAddress')).toMatchObject({ type: 'address', updateable: false });
  });

  it('include the stages with the one of the demo company', () => {
    const values = fieldOf(schema, 'Opportunity', 'StageName').picklistValues.map(({ value }) => value);
    expect(values.slice(-3)).toEqual(['Commit', 'Closed Won', 'Closed Lost']);
    expect(values).toHaveLength(11);
  });
});

describe('custom objects', () => {
  const status = {
    restricted: true,
    values: [
      { value: 'Open', label: 'Is open', active: true, isDefault: true },
      { value: 'Shut', label: 'Shut', active: false, isDefault: false },
    ],
  };
  const schema = createSchema([
    object('Audit__c', [
      field('Key__c', 'Text', { length: 64, unique: true, caseSensitive: true }),
      field('Note__c', 'LongTextArea', { length: 32768 }),
      field('Order__c', 'Number', { precision: 10, scale: 2, required: true }),
      field('Failed__c', 'Checkbox', { defaultValue: 'true' }),
      field('Status__c', 'Picklist', { picklist: status }),
      field('By__c', 'Lookup', { referenceTo: 'User', relationshipName: 'Audits' }),
      field('Link__c', 'Text', { formula: 'HYPERLINK("/" & Name, Name)' }),
    ]),
    object('Other__c', [], { nameField: { label: 'Name', type: 'Text', displayFormat: null } }),
    object('Account', [
      field('Tier__c', 'Text', { length: 5, defaultValue: '"gold"' }),
      field('Twin__c', 'Lookup', { referenceTo: 'Audit__c', relationshipName: 'Twins' }),
    ]),
  ]);
  const audit = known(schema.object('audit__C'));

  it('have system fields and prefixes in the order of deployment', () => {
    expect([...audit.fields.values()].slice(0, 9).map(({ name }) => name)).toEqual([
      'Id',
      'OwnerId',
      'Name',
      'IsDeleted',
      'CreatedDate',
      'CreatedById',
      'LastModifiedDate',
      'LastModifiedById',
      'SystemModstamp',
    ]);
    expect([audit.keyPrefix, known(schema.object('Other__c')).keyPrefix]).toEqual(['a00', 'a01']);
    expect(fieldOf(schema, 'Audit__c', 'Name')).toMatchObject({
      autoNumber: true,
      displayFormat: 'A-{0000}',
      createable: false,
      nameField: true,
    });
    expect(fieldOf(schema, 'Other__c', 'Name')).toMatchObject({ autoNumber: false, createable: true, length: 80 });
    expect(schema.field(audit, 'Nope__c').kind).toBe('unknown');
  });

  it('have the traits of their metadata', () => {
    expect(fieldOf(schema, 'Audit__c', 'Key__c')).toMatchObject({
      type: 'string',
      length: 64,
      unique: true,
      caseSensitive: true,
      custom: true,
    });
    expect(fieldOf(schema, 'Audit__c', 'Note__c')).toMatchObject({ type: 'textarea', length: 32768, filterable: false });
    expect(fieldOf(schema, 'Audit__c', 'Order__c')).toMatchObject({ type: 'double', precision: 10, scale: 2, nillable: false });
    expect(fieldOf(schema, 'Audit__c', 'Failed__c')).toMatchObject({
      type: 'boolean',
      nillable: false,
      defaultValue: true,
      defaultedOnCreate: true,
    });
    expect(fieldOf(schema, 'Audit__c', 'Status__c')).toMatchObject({ restrictedPicklist: true, defaultValue: 'Open' });
    expect(fieldOf(schema, 'Audit__c', 'Status__c').picklistValues[1]).toEqual({
      value: 'Shut',
      label: 'Shut',
      active: false,
      defaultValue: false,
    });
    expect(fieldOf(schema, 'Audit__c', 'Link__c')).toMatchObject({
      type: 'string',
      calculated: true,
      htmlFormatted: true,
      updateable: false,
      length: 1300,
    });
  });

  it('are linked both ways', () => {
    expect(known(schema.parentRelationship(audit, 'by__r')).referenceTo).toEqual(['User']);
    const user: ObjectDef = known(schema.object('User'));
    expect(known(schema.childRelationship(user, 'Audits__r'))).toEqual({
      relationshipName: 'Audits__r',
      childObject: 'Audit__c',
      field: 'By__c',
    });
    expect(known(schema.childRelationship(audit, 'Twins__r')).childObject).toBe('Account');
  });

  it('extend standard objects without changing other orgs', () => {
    expect(fieldOf(schema, 'Account', 'Tier__c')).toMatchObject({ custom: true, defaultValue: 'gold', defaultedOnCreate: true });
    const plain = createSchema([]);
    expect(plain.field(known(plain.object('Account')), 'Tier__c').kind).toBe('unknown');
    expect(plain.childRelationship(known(plain.object('User')), 'Audits__r').kind).toBe('unknown');
  });

  it('are refused where the local org cannot follow', () => {
    expect(() => createSchema([object('A__c', [field('S__c', 'Summary')])])).toThrow(new NotSupported('field type Summary (A__c.S__c)'));
    expect(() => createSchema([object('A__c', [field('D__c', 'Date', { defaultValue: 'TODAY()' })])])).toThrow(
      'default value TODAY() (A__c.D__c)',
    );
    expect(() => createSchema([object('Campaign', [field('X__c', 'Text', { length: 5 })])])).toThrow('has not learned');
  });
});
