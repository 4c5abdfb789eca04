import * as z from 'zod';
import { ContractError } from '../errors.ts';
import { describeRequest } from '../salesforce/api-request.ts';
import type { FieldDescribe } from '../salesforce/gateway.ts';
import { cleanText, maxCellLength } from '../untrusted-text.ts';
import type { WritableFields } from '../writes/write-outcome.ts';
import { describeVisible } from './describe-visible.ts';
import { rowsThatFit } from './rows-that-fit.ts';
import { apiName, dryRun, resultMeta } from './shared-schemas.ts';
import { defineTool } from './tool.ts';

const maxFields = 50;
/** Values are shown where no more fields than this match: then they are probably what is asked for. */
const maxFieldsWithValues = 20;
const maxValues = 100;

export const describeObject = defineTool({
  name: 'describe_object',
  title: 'Describe a Salesforce object',
  description:
    'List the fields of one Salesforce object that you can see: API name, label, type, whether it may be empty, and whether it may be ' +
    'written here, by your access and by the policy of the org. ' +
    'At most 50 fields; narrow with search. Where 20 or fewer match, active picklist values are shown. ' +
    'Use it before query or update_field when a field name or an allowed value is not certain.',
  input: () =>
    z.strictObject({
      object_type: apiName('Object API name, such as Opportunity'),
      search: z.string().trim().min(1, 'must not be empty').max(80).optional().describe('Part of a field name or label'),
      dry_run: dryRun(),
    }),
  output: () =>
    z.strictObject({
      object: z.strictObject({
        name: z.string(),
        label: z.string(),
        key_prefix: z.string().nullable(),
        may_add: z.array(z.string()).optional(),
      }),
      fields: z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          type: z.string(),
          nillable: z.boolean(),
          writable: z.boolean(),
          /** Why not: no edit access, the policy of the org, or a field that nobody sets by itself. */
          not_writable: z.enum(['access', 'policy', 'not_settable']).optional(),
          length: z.int().optional(),
          reference_to: z.array(z.string()).optional(),
          picklist_values: z.array(z.string()).optional(),
        }),
      ),
      total_count: z.int().describe('Matching fields'),
      truncated: z.boolean(),
      meta: resultMeta().optional(),
    }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  plan: ({ object_type: name }, { config, salesforce, policies }) => [
    ...(salesforce.peekDescribe(name) ? [] : [describeRequest(config.apiVersion, name)]),
    ...(config.readOnly ? [] : policies.plan(name)),
  ],
  handler: async (args, context) => {
    const { config, policies, signal } = context;
    const object = await describeVisible(args.object_type, context);
    const answer = config.readOnly ? undefined : await policies.get(object.name, signal);
    const policy = answer instanceof ContractError ? undefined : answer;
    const matching = args.search === undefined ? object.fields : object.fields.filter(matches(args.search));
    const withValues = matching.length <= maxFieldsWithValues;
    const listed = matching.slice(0, maxFields);
    const shown = rowsThatFit(listed.map((field) => row(field, withValues, policy)));
    const notes = [
      ...(answer instanceof ContractError ? [`What the policy of the org lets you write is not known: ${answer.message}`] : []),
      ...(shown.length < matching.length ? [`Only ${shown.length} of ${matching.length} fields are listed: narrow with search.`] : []),
      ...(matching.length === 0 ? ['No visible field matches. Try a shorter search, or leave it out.'] : []),
      ...(withValues && listed.some(({ picklistValues }) => picklistValues.length > maxValues)
        ? [`Picklists with more than ${maxValues} values show the first ${maxValues}.`]
        : []),
    ];
    return {
      object: {
        name: object.name,
        label: cleanText(object.label, maxCellLength),
        key_prefix: object.keyPrefix,
        ...(policy && policy.writable_additions.length > 0 ? { may_add: policy.writable_additions } : {}),
      },
      fields: shown,
      total_count: matching.length,
      truncated: shown.length < matching.length,
      ...(notes.length === 0 ? {} : { meta: { notes } }),
    };
  },
});

function matches(search: string): (field: FieldDescribe) => boolean {
  const wanted = search.toLowerCase();
  return ({ name, label }) => name.toLowerCase().includes(wanted) || label.toLowerCase().includes(wanted);
}

type Hindrance = 'access' | 'policy' | 'not_settable';

/** Without an answer of the service, what the describe tells. */
function hindrance(field: FieldDescribe, policy: WritableFields | undefined): Hindrance | undefined {
  if (!field.updateable) return 'access';
  if (!policy || policy.writable_fields.includes(field.name)) return undefined;
  return policy.denied_by_policy.includes(field.name) ? 'policy' : 'not_settable';
}

function row(field: FieldDescribe, withValues: boolean, policy: WritableFields | undefined) {
  const why = hindrance(field, policy);
  return {
    name: field.name,
    label: cleanText(field.label, 300),
    type: field.type,
    nillable: field.nillable,
    writable: why === undefined,
    ...(why === undefined ? {} : { not_writable: why }),
    ...(field.length > 0 ? { length: field.length } : {}),
    ...(field.referenceTo.length > 0 ? { reference_to: field.referenceTo } : {}),
    ...(withValues && field.picklistValues.length > 0
      ? { picklist_values: field.picklistValues.slice(0, maxValues).map((value) => cleanText(value, 255)) }
      : {}),
  };
}
