import * as z from 'zod';
import { invalidInput } from '../errors.ts';
import { describeRequest } from '../salesforce/api-request.ts';
import { refuseCompound } from '../salesforce/field-value.ts';
import { fitsObject, toLongId } from '../salesforce/record-id.ts';
import { describeVisible, findField, visibleField } from './describe-visible.ts';
import { apiName, dryRun, recordId, scalarValue } from './shared-schemas.ts';
import type { ToolContext } from './tool.ts';
import { justification } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

const input = () =>
  z
    .strictObject({
      object_type: apiName('Object API name, such as Opportunity'),
      object_id: recordId('Record id, 15 or 18 characters'),
      field_name: apiName('Field API name, such as NextStep'),
      new_value: scalarValue('String, number, boolean, or null to clear; dates YYYY-MM-DD'),
      justification: justification(),
      dry_run: dryRun(),
    })
    .refine(({ object_id, object_type }) => fitsObject(object_id, object_type), {
      path: ['object_id'],
      error: 'is not the id of a record of that object_type',
    });
type Input = z.output<ReturnType<typeof input>>;

export const updateField = defineWriteTool({
  name: 'update_field',
  title: 'Update a Salesforce field',
  summary: 'Change one field of one Salesforce record. Access, validation rules and triggers of the org apply.',
  input,
  result: () => ({}),
  serviceInput: (args, context) => ({ ...canonical(args, context), object_id: toLongId(args.object_id), new_value: args.new_value }),
  planLabels: ({ object_type }, { salesforce, config }) =>
    salesforce.peekDescribe(object_type) ? [] : [describeRequest(config.apiVersion, object_type)],
  labels: checkedLabel,
});

/** What the describe tells at once is not left to the org: it would take a request, and the org says less. */
async function checkedLabel(args: Input, context: ToolContext): Promise<Record<string, string>> {
  const object = await describeVisible(args.object_type, context);
  if (object.keyPrefix !== null && !args.object_id.startsWith(object.keyPrefix)) {
    throw invalidInput(`object_id is not the id of a ${object.name}: those start with ${object.keyPrefix}. Check both.`, {
      cause: 'WRONG_ID_PREFIX',
    });
  }
  const field = visibleField(object, args.field_name);
  refuseCompound(field);
  return { [field.name]: field.label };
}

/** API names as the org spells them, where a describe is kept. */
function canonical(args: Input, context: ToolContext) {
  const known = context.salesforce.peekDescribe(args.object_type);
  return {
    object_type: known?.name ?? args.object_type,
    field_name: (known && findField(known, args.field_name)?.name) ?? args.field_name,
  };
}
