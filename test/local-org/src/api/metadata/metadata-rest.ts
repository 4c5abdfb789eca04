import type { Context } from 'hono';
import { z } from 'zod';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import { authenticate } from '../oauth/authenticate.ts';
import { notFound, RestError, toRestError } from '../rest/rest-error.ts';
import { versionState } from '../rest/versions.ts';
import { accessOf } from '../rest/visible-objects.ts';
import { deployOptionsSchema } from './deploy-options.ts';
import { deployResult } from './deploy-jobs.ts';
import type { MetadataService } from './metadata-service.ts';

const entityContent = z.strictObject({ deployOptions: deployOptionsSchema });
const quickContent = z.strictObject({ validatedDeployRequestId: z.string() });

/**
 * `metadata/deployRequest`: deploys over REST.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
 */
export async function answerDeployRequest(context: Context, org: LocalOrg, service: MetadataService): Promise<Response> {
  try {
    if (versionState(context.req.param('version') ?? '') !== 'served') throw notFound();
    const user = authenticate(context.req.header('authorization'), org);
    if (!org.apiUsage.count()) throw new RestError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    if (!accessOf(user, org).hasUserPermission('ModifyAllData')) {
      throw new RestError(
        403,
        'INSUFFICIENT_ACCESS',
        'Deploying needs the permission Modify All Data or Modify Metadata Through Metadata API Functions',
      );
    }
    const id = context.req.param('id');
    const { method } = context.req;
    if (method === 'POST' && id === undefined) {
      const job = await start(context, user, service);
      return send(
        201,
        { id: job.id, deployResult: deployResult({ ...job, pending: 1 }, false, service.ids), deployOptions: job.options },
        org,
      );
    }
    const job = id === undefined ? undefined : service.deploys.find(id);
    if (!job) throw notFound();
    if (method === 'PATCH') throw new RestError(400, 'INVALID_OPERATION', 'Deployment already completed'); // it has ended when its id is known
    if (method !== 'GET') throw new RestError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are HEAD,GET,PATCH`);
    const includeDetails = context.req.query('includeDetails') === 'true';
    return send(200, { id: job.id, deployResult: deployResult(job, includeDetails, service.ids), deployOptions: job.options }, org);
  } catch (error) {
    const shown = toRestError(error, org.log);
    return send(shown.status, shown.body(), org);
  }
}

function send(status: number, body: unknown, org: LocalOrg): Response {
  return Response.json(body, { status, headers: { 'Sforce-Limit-Info': org.apiUsage.header() } });
}

async function start(context: Context, user: Parameters<MetadataService['deploys']['deploy']>[2], service: MetadataService) {
  const type = context.req.header('content-type') ?? '';
  if (/^application\/json\b/i.test(type)) {
    const content = quickContent.safeParse(await context.req.json().catch(() => undefined));
    if (!content.success) throw new RestError(400, 'JSON_PARSER_ERROR', z.prettifyError(content.error));
    const job = service.deploys.quickDeploy(content.data.validatedDeployRequestId, user);
    if (!job) throw new RestError(400, 'INVALID_ID_FIELD', 'Validation Id is not valid for quick deployment.');
    return job;
  }
  if (!/^multipart\/form-data\b/i.test(type)) throw new NotSupported(`a deploy request of type ${type || '(none)'}`);
  const form = await context.req.formData().catch(() => undefined);
  const file = form?.get('file');
  const entity = form?.get('entity_content');
  const json = entity instanceof File ? await entity.text() : entity;
  if (!(file instanceof File) || typeof json !== 'string') {
    throw new RestError(400, 'INVALID_MULTIPART_REQUEST', 'A deploy request has the parts file and entity_content');
  }
  const content = entityContent.safeParse(parse(json));
  if (!content.success) throw new RestError(400, 'JSON_PARSER_ERROR', z.prettifyError(content.error));
  return service.deploys.deploy(new Uint8Array(await file.arrayBuffer()), content.data.deployOptions, user);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
