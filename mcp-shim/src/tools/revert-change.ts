import * as z from 'zod';
import { ContractError } from '../errors.ts';
import { compositeRequest } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import { toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import { auditField } from '../writes/audit-object.ts';
import { describeVisible, findField } from './describe-visible.ts';
import { dryRun, recordId } from './shared-schemas.ts';
import type { ToolContext } from './tool.ts';
import { justification } from './write-schemas.ts';
import { defineWriteTool } from './write-tool.ts';

export const revertChange = defineWriteTool({
  name: 'revert_change',
  title: 'Revert a Salesforce change',
  summary:
    'Undo one audited change of a Salesforce field, while the record still holds its new value. Takes the id of an audit row, as ' +
    'get_audit_trail lists them. Creates, notes, comments and reverts cannot be undone.',
  input: () => z.strictObject({ audit_id: recordId('Id of the audit row'), justification: justification(), dry_run: dryRun() }),
  result: () => ({}),
  serviceInput: ({ audit_id }) => ({ audit_id: toLongId(audit_id) }),
  planLabels: ({ audit_id }, context) => [compositeRequest(context.config.apiVersion, [rowQuery(audit_id, context)])],
  labels: async ({ audit_id }, context) => {
    const { object, field } = await revertedField(audit_id, context);
    // A row that is about no field, such as that of an access review: the service says why it cannot be undone.
    if (object === '') return {};
    const label = findField(await describeVisible(object, context), field)?.label;
    return label === undefined ? {} : { [field]: label };
  },
});

function rowQuery(auditId: string, context: ToolContext): NamedQuery {
  const { auditObject } = context.config;
  return {
    ref: 'audit',
    soql: selectSoql({
      fields: ['Object_Name__c', 'Field_Name__c'].map((name) => auditField(auditObject, name)),
      from: auditObject,
      where: [equals('Id', toLongId(auditId))],
      limit: 1,
    }),
  };
}

/** What the row is about: people know the field by its label. Whether it can be undone is for the service to say. */
async function revertedField(auditId: string, context: ToolContext): Promise<{ object: string; field: string }> {
  const query = rowQuery(auditId, context);
  const answer = (await context.salesforce.queries([query], context.signal)).get(query.ref);
  if (answer instanceof ContractError) throw answer;
  const row = answer?.records[0];
  if (!row) {
    throw new ContractError('NOT_FOUND', `There is no audit row with the id ${auditId} that you can see. Find it with get_audit_trail.`, {
      cause: 'NOT_FOUND',
    });
  }
  const valueOf = (name: string): string => {
    const value = row[auditField(context.config.auditObject, name)];
    return typeof value === 'string' ? value : '';
  };
  return { object: valueOf('Object_Name__c'), field: valueOf('Field_Name__c') };
}
