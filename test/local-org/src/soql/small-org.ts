import { DatabaseSync } from 'node:sqlite';
import type { FieldDef, FieldType, Lookup, ObjectDef, Schema } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';

/** A schema and a store of a few objects, small enough to see through: what the tests of this room run on. */

const PLAIN: Omit<FieldDef, 'name' | 'label' | 'type'> = {
  length: 0,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  sortable: true,
  groupable: true,
  custom: false,
  calculated: false,
  formula: null,
  autoNumber: false,
  displayFormat: null,
  unique: false,
  caseSensitive: false,
  externalId: false,
  nameField: false,
  htmlFormatted: false,
  defaultValue: null,
  defaultedOnCreate: false,
  picklistValues: [],
  restrictedPicklist: false,
  referenceTo: [],
  relationshipName: null,
  inlineHelpText: null,
};

function field(name: string, type: FieldType, traits: Partial<FieldDef> = {}): FieldDef {
  return { ...PLAIN, name, label: name, type, custom: name.endsWith('__c'), ...traits };
}

function reference(name: string, relationshipName: string, ...referenceTo: string[]): FieldDef {
  return field(name, 'reference', { relationshipName, referenceTo });
}

const id = field('Id', 'id', { nillable: false });
const isDeleted = field('IsDeleted', 'boolean', { nillable: false });
const createdDate = field('CreatedDate', 'datetime', { nillable: false });
const owner = reference('OwnerId', 'Owner', 'User');

const stages = ['Prospecting', 'Negotiation', 'Closed Won'].map((value) => ({ value, label: value, active: true, defaultValue: false }));

const OBJECTS: readonly [string, string, FieldDef[], { relationshipName: string; childObject: string; field: string }[]][] = [
  [
    'User',
    '005',
    [
      id,
      field('Name', 'string', { nameField: true }),
      field('Email', 'email'),
      field('IsActive', 'boolean', { nillable: false }),
      reference('ManagerId', 'Manager', 'User'),
    ],
    [],
  ],
  [
    'Account',
    '001',
    [
      id,
      isDeleted,
      createdDate,
      owner,
      field('Name', 'string', { nameField: true, nillable: false }),
      field('Industry', 'picklist'),
      field('NumberOfEmployees', 'int'),
      field('Description', 'textarea', { filterable: false, sortable: false, groupable: false, length: 32000 }),
      field('Tags__c', 'multipicklist'),
      field('Key__c', 'string', { caseSensitive: true, unique: true, externalId: true }),
      reference('ParentId', 'Parent', 'Account'),
    ],
    [
      { relationshipName: 'Opportunities', childObject: 'Opportunity', field: 'AccountId' },
      { relationshipName: 'Contacts', childObject: 'Contact', field: 'AccountId' },
      { relationshipName: 'Tasks', childObject: 'Task', field: 'WhatId' },
    ],
  ],
  [
    'Contact',
    '003',
    [
      id,
      isDeleted,
      createdDate,
      owner,
      field('Name', 'string', { nameField: true }),
      field('LastName', 'string'),
      reference('AccountId', 'Account', 'Account'),
    ],
    [],
  ],
  [
    'Opportunity',
    '006',
    [
      id,
      isDeleted,
      createdDate,
      owner,
      field('Name', 'string', { nameField: true }),
      reference('AccountId', 'Account', 'Account'),
      field('StageName', 'picklist', { picklistValues: stages }),
      field('Amount', 'currency', { precision: 18, scale: 2 }),
      field('CloseDate', 'date'),
      field('IsClosed', 'boolean', { nillable: false }),
      field('Probability', 'percent', { scale: 0 }),
      field('Weighted__c', 'currency', { scale: 2, calculated: true, formula: 'Amount * Probability / 100', filterable: true }),
    ],
    [],
  ],
  [
    'Task',
    '00T',
    [
      id,
      isDeleted,
      createdDate,
      owner,
      field('Subject', 'string', { nameField: true }),
      field('ActivityDate', 'date'),
      reference('WhatId', 'What', 'Account', 'Opportunity'),
      reference('WhoId', 'Who', 'Contact', 'Lead'),
    ],
    [],
  ],
];

function objectDef([name, keyPrefix, fields, childRelationships]: (typeof OBJECTS)[number]): ObjectDef {
  return {
    name,
    label: name,
    labelPlural: `${name}s`,
    keyPrefix,
    custom: false,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    fields: new Map(fields.map((each) => [each.name.toLowerCase(), each])),
    childRelationships,
  };
}

/** Names that the platform has and this org has not learned. */
const UNLEARNED = new Set(['campaign', 'lead', 'account.sic', 'account.dandbcompany']);

function found<T>(def: T | undefined, name: string): Lookup<T> {
  if (def !== undefined) return { kind: 'known', def };
  return { kind: UNLEARNED.has(name.toLowerCase()) ? 'unsupported' : 'unknown' };
}

export function smallSchema(): Schema {
  const objects = new Map(OBJECTS.map((entry) => [entry[0].toLowerCase(), objectDef(entry)]));
  return {
    object: (name) => found(objects.get(name.toLowerCase()), name),
    field: (object, name) => found(object.fields.get(name.toLowerCase()), `${object.name}.${name}`),
    parentRelationship: (object, name) =>
      found(
        [...object.fields.values()].find((each) => each.relationshipName?.toLowerCase() === name.toLowerCase()),
        `${object.name}.${name}`,
      ),
    childRelationship: (object, name) =>
      found(
        object.childRelationships.find((each) => each.relationshipName.toLowerCase() === name.toLowerCase()),
        `${object.name}.${name}`,
      ),
    objectByPrefix: (prefix) => [...objects.values()].find((each) => each.keyPrefix === prefix),
    objects: () => objects.values(),
  };
}

type Cells = Readonly<Record<string, string | number | boolean | null>>;

const COLUMN_TYPES: Partial<Record<FieldType, string>> = {
  currency: 'REAL',
  percent: 'REAL',
  double: 'REAL',
  int: 'INTEGER',
  boolean: 'INTEGER',
  datetime: 'INTEGER',
  time: 'INTEGER',
};

const refused = (): never => {
  throw new Error('The small org answers queries only.');
};

/** An org whose store holds the rows given by object; ids are given whole. */
export class SmallOrg {
  readonly schema = smallSchema();
  readonly #database = new DatabaseSync(':memory:');
  readonly statements: string[] = [];
  now = Date.parse('2026-03-15T10:00:00Z');
  timeZone = 'America/New_York';
  locale = 'en_US';

  constructor(rows: Readonly<Record<string, readonly Cells[]>>) {
    this.#database.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toUpperCase() : text));
    for (const object of this.schema.objects()) {
      const columns = [...object.fields.values()].filter((each) => each.formula === null);
      this.#database.exec(
        `CREATE TABLE "${object.name}" (${columns.map((each) => `"${each.name}" ${COLUMN_TYPES[each.type] ?? 'TEXT'}`).join(', ')})`,
      );
      for (const row of rows[object.name] ?? []) {
        const values = columns
          .map((each) => row[each.name] ?? (each.type === 'boolean' ? false : null))
          .map((value) => (typeof value === 'boolean' ? Number(value) : value));
        this.#database.prepare(`INSERT INTO "${object.name}" VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
      }
    }
  }

  get transaction(): Transaction {
    const store: Store = {
      define: refused,
      nextId: refused,
      nextAutoNumber: refused,
      insert: refused,
      update: refused,
      get: refused,
      findIds: refused,
      transaction: refused,
      savepoint: refused,
      rollbackTo: refused,
      release: refused,
      analyze: refused,
      close: refused,
      select: (sql, params) => {
        this.statements.push(sql);
        const statement = this.#database.prepare(sql);
        statement.setReturnArrays(true);
        return statement.all(...params).map((row) => Object.values(row));
      },
    };
    return {
      schema: this.schema,
      store,
      limits: { count: refused, used: refused, max: refused, fresh: refused },
      now: () => this.now,
      user: {
        id: '005000000000001AAA',
        username: 'a@b.c',
        name: 'A',
        email: 'a@b.c',
        profileId: '00e000000000001AAA',
        timeZone: this.timeZone,
        locale: this.locale,
        language: 'en_US',
        userType: 'Standard',
      },
      orgId: '00D000000000001AAA',
      requestId: 'r',
      setSavepoint: refused,
      rollback: refused,
      releaseSavepoint: refused,
      uuid: refused,
    };
  }
}
