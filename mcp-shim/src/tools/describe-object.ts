import * as z from 'zod';
import { describeRequest } from '../salesforce/api-request.ts';
import type { FieldDescribe } from '../salesforce/gateway.ts';
import { cleanText, maxCellLength } from '../untrusted-text.ts';
import { describeVisible } from './describe-visible.ts';
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
    'List the fields of one Salesforce object that you can see: API name, label, type, whether it may be empty and whether you may edit it. ' +
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
      object: z.strictObject({ name: z.string(), label: z.string(), key_prefix: z.string().nullable() }),
      fields: z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          type: z.string(),
          nillable: z.boolean(),
          writable: z.boolean(),
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
  plan: (args, context) =>
    context.salesforce.peekDescribe(args.object_type) ? [] : [describeRequest(context.config.apiVersion, args.object_type)],
  handler: async (args, context) => {
    const object = await describeVisible(args.object_type, context);
    const matching = args.search === undefined ? object.fields : object.fields.filter(matches(args.search));
    const shown = matching.slice(0, maxFields);
    const withValues = matching.length <= maxFieldsWithValues;
    const notes = [
      ...(shown.length < matching.length ? [`Only ${shown.length} of ${matching.length} fields are listed: narrow with search.`] : []),
      ...(matching.length === 0 ? ['No visible field matches. Try a shorter search, or leave it out.'] : []),
      ...(withValues && shown.some(({ picklistValues }) => picklistValues.length > maxValues)
        ? [`Picklists with more than ${maxValues} values show the first ${maxValues}.`]
        : []),
    ];
    return {
      object: { name: object.name, label: cleanText(object.label, maxCellLength), key_prefix: object.keyPrefix },
      fields: shown.map((field) => row(field, withValues)),
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

function row(field: FieldDescribe, withValues: boolean) {
  return {
    name: field.name,
    label: cleanText(field.label, 300),
    type: field.type,
    nillable: field.nillable,
    writable: field.updateable,
    ...(field.length > 0 ? { length: field.length } : {}),
    ...(field.referenceTo.length > 0 ? { reference_to: field.referenceTo } : {}),
    ...(withValues && field.picklistValues.length > 0
      ? { picklist_values: field.picklistValues.slice(0, maxValues).map((value) => cleanText(value, 255)) }
      : {}),
  };
}
