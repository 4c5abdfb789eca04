import type { DmlOperation, TriggerPort, WorkingRecord } from '../../dml/types.ts';
import { TriggerFailure } from '../../dml/trigger-failure.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import { enterTrigger } from '../platform/System/Trigger.ts';
import { T } from '../types.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexId } from '../values/apex-id.ts';
import { ApexMap } from '../values/apex-map.ts';
import { fromStored, toStored } from '../values/convert.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { TriggerSymbol } from '../check/symbols.ts';
import { ApexThrow, describe } from './apex-throw.ts';
import type { Interpreter } from './interpreter.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_recursive.htm a cascade deeper than this fails */
const MAX_CASCADE = 16;

/** Runs the triggers of one transaction, in the order of their names. */
export class ApexTriggerPort implements TriggerPort {
  private readonly rt: Interpreter;
  private cascade = 0;

  constructor(rt: Interpreter) {
    this.rt = rt;
  }

  fire(timing: 'before' | 'after', operation: DmlOperation, object: ObjectDef, records: readonly WorkingRecord[]): void {
    const { rt } = this;
    const triggers = rt.program.triggers
      .filter(
        ({ decl }) =>
          decl.object.toLowerCase() === object.name.toLowerCase() &&
          decl.events.some((event) => event.timing === timing && event.operation === operation),
      )
      .sort((a, b) => a.decl.name.localeCompare(b.decl.name));
    if (triggers.length === 0) return;
    if (this.cascade >= MAX_CASCADE) rt.throwApex('DmlException', `Maximum trigger depth exceeded (${MAX_CASCADE})`);
    const hasNew = operation !== 'delete';
    const hasOld = operation === 'update' || operation === 'delete';
    const news = hasNew ? records.map((record) => newRecord(record, timing === 'after')) : null;
    const olds = hasOld ? records.map((record) => asRecord(object, record.old ?? new Map<string, never>(), true)) : null;
    const withIds = !(timing === 'before' && operation === 'insert');
    const leave = enterTrigger(rt, {
      timing,
      operation,
      newList: list(object, news),
      newMap: withIds ? byId(object, news, rt) : null,
      oldList: list(object, olds),
      oldMap: byId(object, olds, rt),
    });
    this.cascade++;
    try {
      for (const trigger of triggers) this.run(trigger, timing, operation);
    } finally {
      this.cascade--;
      leave();
    }
    records.forEach((record, index) => takeBack(record, news?.[index] ?? null, olds?.[index] ?? null, timing === 'before' && hasNew));
  }

  /** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_exceptions.htm */
  private run(trigger: TriggerSymbol, timing: 'before' | 'after', operation: DmlOperation): void {
    const { rt } = this;
    const { depth } = rt;
    try {
      rt.runRoutine(trigger.routine, null, []);
    } catch (error) {
      if (!(error instanceof ApexThrow)) throw error;
      rt.unwind(depth);
      const event = `${capital(timing)}${capital(operation)}`;
      throw new TriggerFailure(
        `${trigger.decl.name}: execution of ${event}\n\ncaused by: ${describe(error.value)}\n\n${error.value.exception?.stack ?? ''}`,
        { cause: error },
      );
    }
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Trigger.new shows the whole record: what is stored with what is being changed. */
function newRecord(record: WorkingRecord, readOnly: boolean): SObjectValue {
  const merged: Row = new Map(record.old ?? []);
  for (const [name, value] of record.values) merged.set(name, value);
  if (record.id !== null) merged.set('Id', record.id);
  return asRecord(record.object, merged, readOnly);
}

function asRecord(object: ObjectDef, row: Row, readOnly: boolean): SObjectValue {
  const made = new SObjectValue(object);
  for (const field of object.fields.values()) {
    if (field.type === 'address' || field.type === 'location') continue;
    const value = row.get(field.name);
    made.fields.set(field.name, value === undefined ? (field.type === 'boolean' ? false : null) : fromStored(field, value));
  }
  made.readOnly = readOnly;
  return made;
}

function list(object: ObjectDef, records: SObjectValue[] | null): ApexList | null {
  return records && new ApexList(T.sobject(object.name), records);
}

function byId(object: ObjectDef, records: readonly SObjectValue[] | null, rt: Interpreter): ApexMap | null {
  if (!records) return null;
  const map = new ApexMap(T.Id, T.sobject(object.name));
  for (const record of records) {
    const key = record.fields.get('Id');
    if (key instanceof ApexId) map.entries.set(rt.keyOf(key), { key, value: record });
  }
  return map;
}

/** What a before trigger changed goes into the record; what addError said goes to its errors. */
function takeBack(record: WorkingRecord, after: SObjectValue | null, old: SObjectValue | null, writable: boolean): void {
  if (writable && after) {
    for (const field of record.object.fields.values()) {
      const value = after.fields.get(field.name);
      if (value === undefined || field.name === 'Id') continue;
      const stored = toStored(field, value);
      const before = record.values.has(field.name)
        ? record.values.get(field.name)
        : (record.old?.get(field.name) ?? (field.type === 'boolean' ? false : null));
      if (stored !== before && !(field.calculated || field.autoNumber)) record.values.set(field.name, stored);
    }
  }
  for (const shown of [after, old]) {
    for (const error of shown?.errors ?? []) {
      record.errors.push({
        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: error.message,
        fields: error.field === null ? [] : [error.field],
      });
    }
  }
}
