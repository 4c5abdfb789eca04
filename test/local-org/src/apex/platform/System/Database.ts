import { NotSupported } from '../../../errors.ts';
import type { AccessMode } from '../../../dml/types.ts';
import type { BindValue } from '../../../soql/types.ts';
import { InvalidSavepoint } from '../../../transaction/types.ts';
import { T } from '../../types.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { listFromQuery } from '../../values/from-query.ts';
import { NativeObject } from '../../values/native-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { booleanArg, mapArg, nativeArg, notNull, textArg } from '../arguments.ts';
import { bindValue } from '../bind-value.ts';
import { fieldOfToken } from '../tokens.ts';
import type { NativeStatic, PlatformClass, Runtime } from '../types.ts';
import { accessModeArg } from './AccessLevel.ts';

type Args = readonly ApexValue[];

function query(runtime: Runtime, args: Args, binds: ReadonlyMap<string, BindValue> | null, mode: AccessMode | null): ApexValue {
  const result = runtime.query(textArg(runtime, args, 0), binds, mode);
  if (result.kind === 'count')
    throw new NotSupported('COUNT() without a field in Database.query: use Database.countQuery', runtime.location());
  return listFromQuery(result);
}

function count(runtime: Runtime, args: Args, binds: ReadonlyMap<string, BindValue> | null, mode: AccessMode | null): ApexValue {
  const result = runtime.query(textArg(runtime, args, 0), binds, mode);
  if (result.kind !== 'count') throw new NotSupported('Database.countQuery of a query that is not SELECT COUNT()', runtime.location());
  return result.count;
}

/** Binds by name in lower case, because queryWithBinds does not tell names apart by case. */
function bindsArg(runtime: Runtime, args: Args, i: number): ReadonlyMap<string, BindValue> {
  const binds = new Map<string, BindValue>();
  const spelled = new Map<string, string>();
  for (const { key, value } of mapArg(runtime, args, i).entries.values()) {
    const name = String(key);
    const known = spelled.get(name.toLowerCase());
    if (known !== undefined)
      return runtime.throwApex('QueryException', `The bindMap consists of duplicate case-insensitive keys: [${known}, ${name}]`);
    spelled.set(name.toLowerCase(), name);
    binds.set(name.toLowerCase(), bindValue(runtime, value));
  }
  return binds;
}

/** delete and undelete take ids too. */
function recordOf(runtime: Runtime, value: ApexValue): ApexValue {
  const id = typeof value === 'string' ? ApexId.parse(value) : value;
  if (!(id instanceof ApexId)) return value;
  const object = runtime.tx.schema.objectByPrefix(id.keyPrefix);
  if (!object) return runtime.throwApex('SObjectException', `Cannot locate Apex Type for ID: ${id.value}`);
  const record = new SObjectValue(object);
  record.fields.set('Id', id);
  return record;
}

function recordsArg(runtime: Runtime, args: Args): ApexValue {
  const records = notNull(runtime, args, 0);
  if (!(records instanceof ApexList)) return recordOf(runtime, records);
  return new ApexList(
    records.elementType,
    records.items.map((item) => recordOf(runtime, item)),
  );
}

type Operation = 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';

/** The arguments after the records, by the overload's signature. */
function dml(operation: Operation, signature: string): NativeStatic {
  const params = signature.split(',').slice(1);
  return (runtime, args) => {
    const options: { mode: AccessMode | null; allOrNone: boolean; externalIdField?: string } = { mode: null, allOrNone: true };
    params.forEach((param, i) => {
      if (param === 'Boolean') options.allOrNone = booleanArg(runtime, args, i + 1);
      else if (param === 'AccessLevel') options.mode = accessModeArg(runtime, args, i + 1);
      else options.externalIdField = fieldOfToken(nativeArg(runtime, args, i + 1)).field.name;
    });
    return runtime.dml(operation, recordsArg(runtime, args), options);
  };
}

function overloads(operation: Operation, targets: readonly string[], extras: readonly string[] = ['']): Record<string, NativeStatic> {
  const all: Record<string, NativeStatic> = {};
  for (const target of targets) {
    for (const extra of extras) {
      for (const options of ['', ',AccessLevel', ',Boolean', ',Boolean,AccessLevel']) {
        const signature = `${target}${extra}${options}`;
        all[`${operation}(${signature})`] = dml(operation, signature);
      }
    }
  }
  return all;
}

const SAVEPOINT = T.platform('Savepoint');
const handleArg = (runtime: Runtime, args: Args): string => String(nativeArg(runtime, args, 0).data);

/** A savepoint that is gone is a guest's mistake. */
function withSavepoint(runtime: Runtime, work: () => void): null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof InvalidSavepoint) return runtime.throwApex('TypeException', error.message);
    throw error;
  }
}

export const DatabaseClass: PlatformClass = {
  name: 'Database',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_database.htm',
  statics: {
    'query(String)': (runtime, args) => query(runtime, args, null, null),
    'query(String,AccessLevel)': (runtime, args) => query(runtime, args, null, accessModeArg(runtime, args, 1)),
    'queryWithBinds(String,Map<String,Object>,AccessLevel)': (runtime, args) =>
      query(runtime, args, bindsArg(runtime, args, 1), accessModeArg(runtime, args, 2)),
    'countQuery(String)': (runtime, args) => count(runtime, args, null, null),
    'countQuery(String,AccessLevel)': (runtime, args) => count(runtime, args, null, accessModeArg(runtime, args, 1)),
    'countQueryWithBinds(String,Map<String,Object>,AccessLevel)': (runtime, args) =>
      count(runtime, args, bindsArg(runtime, args, 1), accessModeArg(runtime, args, 2)),
    ...overloads('insert', ['SObject', 'List<SObject>']),
    ...overloads('update', ['SObject', 'List<SObject>']),
    ...overloads('upsert', ['SObject', 'List<SObject>'], ['', ',Schema.SObjectField']),
    ...overloads('delete', ['Id', 'SObject', 'List<Object>']),
    ...overloads('undelete', ['Id', 'SObject', 'List<Object>']),
    'setSavepoint()': (runtime) => new NativeObject(SAVEPOINT, runtime.tx.setSavepoint()),
    'rollback(Savepoint)': (runtime, args) => {
      const handle = handleArg(runtime, args);
      return withSavepoint(runtime, () => runtime.tx.rollback(handle));
    },
    'releaseSavepoint(Savepoint)': (runtime, args) => {
      const handle = handleArg(runtime, args);
      return withSavepoint(runtime, () => runtime.tx.releaseSavepoint(handle));
    },
  },
};
