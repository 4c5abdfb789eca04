import type { UserAccess } from '../../../access/types.ts';
import { NO_PERMISSIONS } from '../../../schema/deployed-permissions.ts';
import { plainField } from '../../../schema/standard/fields.ts';
import type { FieldDef, FieldType, ObjectDef, Schema } from '../../../schema/types.ts';
import type { RunningUser, Transaction } from '../../../transaction/types.ts';
import { apexType, T, type ApexType } from '../../types.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexDate } from '../../values/apex-date.ts';
import { ApexDatetime } from '../../values/apex-datetime.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { ApexEnumValue } from '../../values/apex-enum-value.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { compare } from '../../values/compare.ts';
import { equals, identityKey, keyEquals, keyOf } from '../../values/equality.ts';
import { NativeObject } from '../../values/native-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import { stringify } from '../../values/stringify.ts';
import type { ApexValue } from '../../values/values.ts';
import type { PlatformClass, Runtime } from '../types.ts';

/** What a platform class threw: type and message of the guest exception. */
export class GuestException extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = type;
    this.type = type;
  }
}

const LOS_ANGELES: RunningUser = {
  id: '005000000000001AAA',
  username: 'ada@example.com',
  name: 'Ada',
  email: 'ada@example.com',
  profileId: '00e000000000001AAA',
  timeZone: 'America/Los_Angeles',
  locale: 'en_US',
  language: 'en_US',
  userType: 'Standard',
};

/** 2026-11-21T17:04:05.678Z, 09:04 in Los Angeles. */
export const NOW = Date.UTC(2026, 10, 21, 17, 4, 5, 678);

/** A runtime without an interpreter: user objects have no methods, every exception is a GuestException. */
export function fakeRuntime(
  options: {
    user?: Partial<RunningUser>;
    objects?: readonly ObjectDef[];
    classes?: ReadonlyMap<string, readonly { name: string; type: ApexType }[]>;
  } = {},
): Runtime {
  const objects = {
    equals: (a: ApexObject, b: ApexValue) => a === b,
    keyOf: identityKey,
    ofObject: (object: ApexObject) => object.class.type.name,
    compareObjects: () => 0,
    incomparable: (): never => {
      throw new GuestException('ListException', 'incomparable');
    },
  };
  const classes = options.classes ?? new Map<string, readonly { name: string; type: ApexType }[]>();
  const fail = (what: string): never => {
    throw new Error(`the fake runtime has no ${what}`);
  };
  return {
    tx: fakeTransaction(options.user ?? {}, options.objects ?? []),
    state: new Map(),
    throwApex: (type, message) => {
      throw new GuestException(type, message);
    },
    stringify: (value) => stringify(value, objects),
    equals: (a, b) => equals(a, b, objects),
    keyEquals: (a, b) => keyEquals(a, b, objects),
    keyOf: (value) => keyOf(value, objects),
    compare: (a, b) => compare(a, b, objects),
    typeOf,
    isInstance: (value, type) => typeOf(value) === type,
    invoke: () => fail('methods'),
    construct: (type) =>
      new ApexObject({ type, superclass: null, interfaces: [], isException: false }, classes.get(type.name)?.length ?? 0),
    findType: () => null,
    fieldsOf: (type) => (classes.get(type.name) ?? []).map((field, slot) => ({ ...field, slot })),
    enumConstants: () => null,
    query: () => fail('queries'),
    dml: () => fail('DML'),
    access: () => FULL_ACCESS,
    location: () => ({ file: 'Fake.cls', line: 1, column: 1 }),
    debug: () => undefined,
  };
}

function typeOf(value: ApexValue): ApexType {
  if (value === null) return T.null;
  if (typeof value === 'string') return T.String;
  if (typeof value === 'number') return T.Integer;
  if (typeof value === 'bigint') return T.Long;
  if (typeof value === 'boolean') return T.Boolean;
  if (value instanceof ApexDecimal) return T.Decimal;
  if (value instanceof ApexDouble) return T.Double;
  if (value instanceof ApexId) return T.Id;
  if (value instanceof ApexDate) return T.Date;
  if (value instanceof ApexDatetime) return T.Datetime;
  if (value instanceof ApexBlob) return T.Blob;
  if (value instanceof ApexList) return T.list(value.elementType);
  if (value instanceof ApexSet) return T.set(value.elementType);
  if (value instanceof ApexMap) return T.map(value.keyType, value.valueType);
  if (value instanceof SObjectValue) return T.sobject(value.object.name);
  if (value instanceof ApexObject) return value.class.type;
  if (value instanceof ApexEnumValue || value instanceof NativeObject) return value.type;
  return apexType('platform', value.constructor.name);
}

function fakeTransaction(user: Partial<RunningUser>, objects: readonly ObjectDef[]): Transaction {
  const unused = (): never => {
    throw new Error('the fake transaction has no database');
  };
  const used = new Map<string, number>();
  return {
    schema: fakeSchema(objects),
    get store(): never {
      return unused();
    },
    limits: {
      count: (limit, by = 1) => void used.set(limit, (used.get(limit) ?? 0) + by),
      used: (limit) => used.get(limit) ?? 0,
      max: () => 100,
      fresh: () => () => undefined,
    },
    now: () => NOW,
    user: { ...LOS_ANGELES, ...user },
    orgId: '00D000000000001AAA',
    requestId: 'request-1',
    get locks(): never {
      return unused();
    },
    reach: unused,
    setSavepoint: unused,
    rollback: unused,
    releaseSavepoint: unused,
    uuid: () => '123e4567-e89b-42d3-a456-426614174000',
  };
}

function fakeSchema(objects: readonly ObjectDef[]): Schema {
  const unknown = { kind: 'unknown' } as const;
  return {
    object: (name) => {
      const def = objects.find((object) => object.name.toLowerCase() === name.toLowerCase());
      return def ? { kind: 'known', def } : unknown;
    },
    field: (object, name) => {
      const def = object.fields.get(name.toLowerCase());
      return def ? { kind: 'known', def } : unknown;
    },
    parentRelationship: (object, name) => {
      const def = [...object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
      return def ? { kind: 'known', def } : unknown;
    },
    childRelationship: (object, name) => {
      const def = object.childRelationships.find((child) => child.relationshipName.toLowerCase() === name.toLowerCase());
      return def ? { kind: 'known', def } : unknown;
    },
    objectByPrefix: (prefix) => objects.find((object) => object.keyPrefix === prefix),
    objects: () => objects,
    permissions: NO_PERMISSIONS,
  };
}

/** A field with the traits that matter to a test. */
export function fakeField(name: string, type: FieldType, traits: Partial<FieldDef> = {}): FieldDef {
  return plainField(name, name, type, { createable: type !== 'id', updateable: type !== 'id', custom: name.endsWith('__c'), ...traits });
}

/** Of somebody who may do everything. */
export const FULL_ACCESS: UserAccess = {
  userId: '005000000000001AAA',
  isFull: true,
  object: () => ({ read: true, create: true, edit: true, delete: true, viewAll: true, modifyAll: true }),
  field: () => ({ read: true, edit: true }),
  mayRunClass: () => true,
  hasCustomPermission: () => true,
  hasUserPermission: () => true,
};

export function fakeObject(name: string, keyPrefix: string, fields: readonly FieldDef[], traits: Partial<ObjectDef> = {}): ObjectDef {
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
    sharingModel: 'ReadWrite',
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    childRelationships: [],
    ...traits,
  };
}

/** Calls an instance method by its key. */
export function call<S>(platformClass: PlatformClass<S>, key: string, runtime: Runtime, self: S, ...args: ApexValue[]): ApexValue {
  const method = platformClass.methods?.[key];
  if (!method) throw new Error(`${platformClass.name} does not implement ${key}`);
  return method(runtime, self, args);
}

/** Calls a static method by its key. */
export function callStatic<S>(platformClass: PlatformClass<S>, key: string, runtime: Runtime, ...args: ApexValue[]): ApexValue {
  const method = platformClass.statics?.[key];
  if (!method) throw new Error(`${platformClass.name} does not implement ${key}`);
  return method(runtime, args, []);
}
