import { isCustomMetadata } from '../../../schema/custom-metadata.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { compileQuery } from '../../../soql/compile.ts';
import { parseSoql } from '../../../soql/parse.ts';
import type { CompiledQuery } from '../../../soql/types.ts';
import type { Expression } from '../../parse/ast.ts';
import { makeStringMap } from '../../platform/collections.ts';
import type { Runtime } from '../../platform/types.ts';
import { T } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { ApexId } from '../../values/apex-id.ts';
import { recordFromQuery } from '../../values/from-query.ts';
import type { SObjectValue } from '../../values/sobject-value.ts';
import type { Context } from '../context.ts';
import { coerce } from '../typed.ts';
import type { Typed } from '../typed.ts';

type CallExpression = Extract<Expression, { kind: 'call' }>;

/** getAll and getInstance answer no more of a long text than this. */
const MAX_TEXT = 255;

/**
 * `Write_Policy__mdt.getAll()` and `getInstance(name)`; undefined for every other call. They count towards no limit and
 * see every record, whatever the user may read.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_custom_metadata_types.htm
 */
export function customMetadataCall(type: ApexType, e: CallExpression, args: readonly Typed[], context: Context): Typed | undefined {
  if (type.kind !== 'sobject') return undefined;
  const found = context.program.schema.object(type.name);
  if (found.kind !== 'known' || !isCustomMetadata(found.def)) return undefined;
  const records = recordsOf(found.def, context);
  const name = e.name.toLowerCase();
  const [key] = args;
  if (name === 'getall' && args.length === 0) {
    return {
      type: T.map(T.String, type),
      code: (f) =>
        makeStringMap(
          f.rt,
          type,
          records(f.rt).map((record) => [String(record.fields.get('DeveloperName')), record] as const),
        ),
    };
  }
  if (name !== 'getinstance' || args.length !== 1 || !key) return undefined;
  const wanted = coerce(key, T.String, context, e.pos);
  return {
    type,
    code: (f) => {
      const sought = f.rt.stringify(wanted(f)).toLowerCase();
      return records(f.rt).find((record) => namesOf(record).includes(sought)) ?? null;
    },
  };
}

function recordsOf(object: ObjectDef, context: Context): (rt: Runtime) => SObjectValue[] {
  const names = [...object.fields.values()].map((field) => field.name).join(', ');
  let query: CompiledQuery | null = null;
  return (rt) => {
    query ??= compileQuery(
      parseSoql(`SELECT ${names} FROM ${object.name} ORDER BY DeveloperName`, () => 0),
      context.program.schema,
      'apex',
    );
    const result = query.run(rt.tx, []);
    if (result.kind !== 'records') throw new Error('a query for records answered none');
    return result.records.map((record) => shortened(recordFromQuery(record), object));
  };
}

function shortened(record: SObjectValue, object: ObjectDef): SObjectValue {
  const long = (field: FieldDef): boolean => field.length > MAX_TEXT;
  for (const field of [...object.fields.values()].filter(long)) {
    const value = record.fields.get(field.name);
    if (typeof value === 'string') record.fields.set(field.name, value.slice(0, MAX_TEXT));
  }
  return record;
}

/** What getInstance finds a record by: its id, developer name or qualified API name. */
function namesOf(record: SObjectValue): string[] {
  const id = record.fields.get('Id');
  const ids = id instanceof ApexId ? [id.value, id.value.slice(0, 15)] : [];
  const names = ['DeveloperName', 'QualifiedApiName'].map((name) => String(record.fields.get(name)));
  return [...ids, ...names].map((name) => name.toLowerCase());
}
