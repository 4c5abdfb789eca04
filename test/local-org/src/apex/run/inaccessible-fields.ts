import { userAccess } from '../../access/user-access.ts';
import type { DmlError } from '../../dml/types.ts';
import type { FieldDef } from '../../schema/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import type { SObjectValue } from '../values/sobject-value.ts';

/** What a statement does to a record; an upsert by external id finds out too late. */
export type Saving = 'insert' | 'update' | 'either';

/**
 * What Apex in user mode says of a record with fields that its user may not set. The platform documents the text; under
 * which status code it stands is not documented.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_enforce_usermode.htm
 */
export function inaccessibleFields(record: SObjectValue, saving: Saving, tx: Transaction): DmlError | null {
  const { object } = record;
  const access = userAccess(tx);
  const fields = assignedFields(record).filter((field) => !isWritable(field, saving) || !access.field(object, field).edit);
  if (fields.length === 0) return null;
  return {
    statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `Operation failed due to fields being inaccessible on Sobject ${object.name}, check errors on Exception or Result!`,
    fields: fields.map(({ name }) => name),
  };
}

function isWritable(field: FieldDef, saving: Saving): boolean {
  return (saving !== 'update' && field.createable) || (saving !== 'insert' && field.updateable);
}

/** Fields that guest code gave a value, null too; not those that hold what a query read. */
function assignedFields(record: SObjectValue): FieldDef[] {
  return [...record.fields.keys()].flatMap((name) => {
    const field = record.object.fields.get(name.toLowerCase());
    return field && field.type !== 'id' && !isAsQueried(record, name) ? [field] : [];
  });
}

/** Whether a field holds what the query read into it. */
export function isAsQueried({ fields, queried }: SObjectValue, name: string): boolean {
  return queried?.has(name) === true && queried.get(name) === fields.get(name);
}
