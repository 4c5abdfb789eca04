import * as z from 'zod';
import { connectionQueries, connectionReport, reportConnection } from '../connection-report.ts';
import { compositeRequest, describeRequest, userInfoRequest } from '../salesforce/api-request.ts';
import { dryRun } from './shared-schemas.ts';
import { defineTool } from './tool.ts';

export const checkConnection = defineTool({
  name: 'check_connection',
  title: 'Check the Salesforce connection',
  description:
    'Report which Salesforce org and user this server works with (PRODUCTION or sandbox), its API version and usage, whether the audit ' +
    'object, the Apex write service and the commit stage are in order, and every problem with its remedy. Call it first when other tools fail.',
  input: () => z.strictObject({ dry_run: dryRun() }),
  output: () => connectionReport,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  alwaysAdmitted: true,
  plan: (_args, { config, org, writes }) => [
    userInfoRequest(),
    compositeRequest(config.apiVersion, connectionQueries(org)),
    ...(config.commitForecastCategory === undefined ? [] : [describeRequest(config.apiVersion, 'Opportunity')]),
    ...(config.readOnly ? [] : [describeRequest(config.apiVersion, config.auditObject), writes.statusRequest()]),
  ],
  handler: (_args, context) => reportConnection(context, context.signal),
});
