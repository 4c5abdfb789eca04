import * as z from 'zod';
import { ContractError, invalidInput } from '../errors.ts';
import { compositeRequest, describeRequest } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { FieldDescribe, ObjectDescribe, SalesforceRecord } from '../salesforce/gateway.ts';
import { fitsObject, toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import { refuseCompound, toScalar } from '../salesforce/field-value.ts';
import { cleanJson, cleanText, maxFieldLength } from '../untrusted-text.ts';
import { changeLine } from '../writes/change-line.ts';
import { describeVisible, visibleField } from './describe-visible.ts';
import { apiName, dryRun, recordId, scalarValue } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';
import { previewOutput } from './write-output.ts';

const input = () =>
  z
    .strictObject({
      object_type: apiName('Object API name, such as Opportunity'),
      object_id: recordId('Record id, 15 or 18 characters'),
      field_name: apiName('Field API name, such as NextStep'),
      new_value: scalarValue('String, number, boolean, or null to clear; dates YYYY-MM-DD'),
      justification: z
        .string()
        .max(32_000, 'must be at most 32,000 characters')
        .refine((text) => text.trim().length >= 10, 'must say why, in at least 10 characters after trimming')
        .describe('Why the change is right; stored with the audit row'),
      dry_run: dryRun(),
    })
    .refine(({ object_id, object_type }) => fitsObject(object_id, object_type), {
      path: ['object_id'],
      error: 'is not the id of a record of that object_type',
    });
type Input = z.output<ReturnType<typeof input>>;

export const updateField = defineTool({
  name: 'update_field',
  title: 'Preview a Salesforce field update',
  description:
    'Prepare an audited change of one field of one Salesforce record. Changes nothing yet: reads the current value and returns the change ' +
    'line and a confirmation_token, valid 10 minutes. Show the line to the user, then call confirm_write. ' +
    'The write is refused if the value has changed by then.',
  input,
  output: previewOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  plan: (args, context) => {
    const known = context.salesforce.peekDescribe(args.object_type);
    const names = { object: known?.name ?? args.object_type, field: args.field_name, label: (known && nameField(known)) ?? 'Name' };
    const read = compositeRequest(context.config.apiVersion, [recordQuery(args, names), ...context.org.organization.pending().queries]);
    return known ? [read] : [describeRequest(context.config.apiVersion, args.object_type), read];
  },
  handler: async (args, context) => {
    const object = await describeVisible(args.object_type, context);
    if (object.keyPrefix !== null && !args.object_id.startsWith(object.keyPrefix)) {
      throw invalidInput(`object_id is not the id of a ${object.name}: those start with ${object.keyPrefix}. Check both.`, {
        cause: 'WRONG_ID_PREFIX',
      });
    }
    const field = visibleField(object, args.field_name);
    refuseCompound(field);
    const { record, sandbox } = await readRecord(args, object, field, context);
    const oldValue = toScalar(field, record[field.name]);
    const recordLabel = labelOf(record, object) ?? args.object_id;
    const recordId = toLongId(args.object_id);
    const envelope = {
      request_id: context.newRequestId(),
      mode: 'commit' as const,
      justification: args.justification,
      client: context.client,
      confirmation: 'token' as const,
      input: { object_type: object.name, object_id: recordId, field_name: field.name, new_value: args.new_value },
      expected: { [field.name]: oldValue },
    };
    context.writes.request('update_field', envelope);
    const change = changeLine({ sandbox, recordLabel, fieldLabel: field.label, oldValue, newValue: args.new_value });
    const { token, expiresAt } = context.pending.add({ operation: 'update_field', envelope, change, fieldLabel: field.label });
    const warnings = warningsFor(field, oldValue, args.new_value);
    return {
      status: 'confirmation_required' as const,
      change,
      changes: [
        { field: field.name, old: cleanJson(oldValue, maxFieldLength), new: cleanJson(args.new_value, maxFieldLength), requested: true },
      ],
      confirmation_token: token,
      expires_at: expiresAt.toISOString(),
      request_id: envelope.request_id,
      record_id: recordId,
      record_label: recordLabel,
      url: `${context.config.instanceUrl}/${recordId}`,
      ...(warnings.length === 0 ? {} : { meta: { warnings } }),
    };
  },
});

function nameField(object: ObjectDescribe): string | undefined {
  return object.fields.find((field) => field.nameField)?.name;
}

/** The record as people call it, where it has a name. */
function labelOf(record: SalesforceRecord, object: ObjectDescribe): string | undefined {
  const field = nameField(object);
  const name = field === undefined ? undefined : record[field];
  return typeof name === 'string' ? cleanText(name, 255) : undefined;
}

async function readRecord(args: Input, object: ObjectDescribe, field: FieldDescribe, context: ToolContext) {
  const query = recordQuery(args, { object: object.name, field: field.name, label: nameField(object) });
  const organization = context.org.organization.pending();
  const answers = await context.salesforce.queries([query, ...organization.queries], context.signal);
  const answer = answers.get(query.ref);
  if (answer instanceof ContractError) throw answer;
  const record = answer?.records[0];
  if (!record)
    throw new ContractError(
      'NOT_FOUND',
      `${object.name} ${args.object_id} does not exist, is deleted, or is not visible to you. Check the id.`,
    );
  return { record, sandbox: organization.resolve(answers).sandbox };
}

function recordQuery(args: Input, names: { object: string; field: string; label: string | undefined }): NamedQuery {
  const fields = new Set(['Id', ...(names.label === undefined ? [] : [names.label]), names.field]);
  return { ref: 'record', soql: selectSoql({ fields: [...fields], from: names.object, where: [equals('Id', args.object_id)], limit: 1 }) };
}

function warningsFor(field: FieldDescribe, oldValue: unknown, newValue: unknown): string[] {
  const warnings: string[] = [];
  if (!field.updateable) warnings.push(`Salesforce says that you cannot edit ${field.name}: the write will probably be refused.`);
  if (oldValue === newValue) warnings.push('The field already holds this value.');
  return warnings;
}
