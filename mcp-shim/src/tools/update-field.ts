import * as z from 'zod';
import { invalidInput } from '../errors.ts';
import { compositeRequest, describeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import { refuseCompound } from '../salesforce/field-value.ts';
import type { FieldDescribe } from '../salesforce/gateway.ts';
import { fitsObject, toLongId } from '../salesforce/record-id.ts';
import { changeLine } from '../writes/change-line.ts';
import type { ScalarValue } from '../writes/change-line.ts';
import type { WriteIntent } from '../writes/write-client.ts';
import type { PreviewOutcome } from '../writes/write-outcome.ts';
import { describeVisible, findField, visibleField } from './describe-visible.ts';
import { apiName, dryRun, recordId, scalarValue } from './shared-schemas.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';
import { commitAtOnce, previewWrite } from './write-flow.ts';
import { committedOutput, previewOutput } from './write-output.ts';

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

const shared = { name: 'update_field', input } as const;

export const updateField = defineTool({
  ...shared,
  title: 'Preview a Salesforce field update',
  description:
    'Prepare an audited change of one field of one Salesforce record. Tries it in the org, takes it back, and ' +
    'returns the change line, side effects and a confirmation_token (10 minutes). Show the line to the user, then call confirm_write. ' +
    'Where the client can ask the user itself, the approved change is written at once (status committed).',
  output: previewOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  plan: (args, context) => {
    const { queries } = context.org.organization.pending();
    return [
      ...context.readiness.plan(),
      ...planDescribe(args, context),
      ...(queries.length === 0 ? [] : [compositeRequest(context.config.apiVersion, queries)]),
      context.writes.previewRequest('update_field', intentFor(args, canonical(args, context), context)),
    ];
  },
  handler: async (args, context) => {
    const { intent, field } = await prepare(args, context);
    const sandbox = await isSandbox(context);
    return previewWrite(
      {
        operation: 'update_field',
        intent,
        fieldLabel: field.label,
        changeLine: (outcome) => lineFor(outcome, field, sandbox),
      },
      context,
    );
  },
});

/** For `REVOPS_CONFIRMATION=host`, where one call commits and the host's own dialog is all that stands before it. */
export const updateFieldAtOnce = defineTool({
  ...shared,
  title: 'Update a Salesforce field',
  description:
    'Change one field of one Salesforce record at once, with its audit row in the same transaction. Call it only after the user has agreed ' +
    'to object, field and value. Access, validation rules and triggers of the org apply; a refusal changes nothing.',
  output: committedOutput,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  plan: (args, context) => [
    ...context.readiness.plan(),
    ...planDescribe(args, context),
    context.writes.commitRequest('update_field', { ...intentFor(args, canonical(args, context), context), confirmation: 'host' }),
  ],
  handler: async (args, context) => {
    const { intent, field } = await prepare(args, context);
    return commitAtOnce({ operation: 'update_field', intent, fieldLabel: field.label, changeLine: () => '' }, context);
  },
});

/** API names as the org spells them. */
interface Names {
  object: string;
  field: string;
}

/** What the describe tells at once is not left to the org: it would take a request, and the org says less. */
async function prepare(args: Input, context: ToolContext): Promise<{ intent: WriteIntent; field: FieldDescribe }> {
  await context.readiness.ensure(context.signal);
  const object = await describeVisible(args.object_type, context);
  if (object.keyPrefix !== null && !args.object_id.startsWith(object.keyPrefix)) {
    throw invalidInput(`object_id is not the id of a ${object.name}: those start with ${object.keyPrefix}. Check both.`, {
      cause: 'WRONG_ID_PREFIX',
    });
  }
  const field = visibleField(object, args.field_name);
  refuseCompound(field);
  return { intent: intentFor(args, { object: object.name, field: field.name }, context), field };
}

function intentFor(args: Input, names: Names, context: ToolContext): WriteIntent {
  return {
    request_id: context.newRequestId(),
    justification: args.justification,
    client: context.client,
    input: { object_type: names.object, object_id: toLongId(args.object_id), field_name: names.field, new_value: args.new_value },
  };
}

function canonical(args: Input, context: ToolContext): Names {
  const known = context.salesforce.peekDescribe(args.object_type);
  return {
    object: known?.name ?? args.object_type,
    field: (known && findField(known, args.field_name)?.name) ?? args.field_name,
  };
}

function planDescribe(args: Input, context: ToolContext): ApiRequest[] {
  return context.salesforce.peekDescribe(args.object_type) ? [] : [describeRequest(context.config.apiVersion, args.object_type)];
}

/** PRODUCTION must never be guessed. */
async function isSandbox(context: ToolContext): Promise<boolean> {
  const organization = context.org.organization.pending();
  const answers = organization.queries.length === 0 ? new Map() : await context.salesforce.queries(organization.queries, context.signal);
  return organization.resolve(answers).sandbox;
}

/** What would be stored, which may differ from what was asked for. */
function lineFor(outcome: PreviewOutcome, field: FieldDescribe, sandbox: boolean): string {
  const change = outcome.changes.find((candidate) => candidate.requested);
  return changeLine({
    sandbox,
    recordLabel: outcome.record_label ?? outcome.record_id,
    fieldLabel: field.label,
    oldValue: scalarOf(change?.old),
    newValue: scalarOf(change?.new),
  });
}

/** Compound fields were refused, so that the service answers with one value. */
function scalarOf(value: unknown): ScalarValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
