import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { NotSupported } from '../errors.ts';
import { faultMiddleware } from '../faults/fault-middleware.ts';
import type { LocalOrg } from '../org-types.ts';
import { answerApexRest } from './apexrest/apex-rest.ts';
import { answerApexSoap } from './apexsoap/apex-soap.ts';
import { controlRoutes } from './local-org/control.ts';
import { revoke } from './oauth/revoke.ts';
import { answerDeployRequest } from './metadata/metadata-rest.ts';
import { MetadataService } from './metadata/metadata-service.ts';
import { answerMetadataSoap } from './metadata/metadata-soap.ts';
import { token } from './oauth/token.ts';
import { userinfo } from './oauth/userinfo.ts';
import { answerRest } from './rest/rest-api.ts';
import { answerTooling } from './tooling/tooling-api.ts';
import { ToolingRecords } from './tooling/tooling-records.ts';
import { notFound, RestError, toRestError } from './rest/rest-error.ts';
import { versionList } from './rest/versions.ts';

/** Request body of a synchronous Apex REST call, which is the smallest that the platform allows anywhere. */
const MAX_BODY_BYTES = 6_000_000;
/** A deploy's zip has at most 39 MB, in base64 a third more. */
const MAX_DEPLOY_BYTES = 55_000_000;
const DEPLOY_REQUEST = '/services/data/:version/metadata/deployRequest';
const MAX_URI_BYTES = 16_384;

/** All APIs of one org as one HTTP application. */
export function createHttpApp(org: LocalOrg): Hono<{ Bindings: HttpBindings }> {
  // Clients whose instance URL ends in a slash send `//services/…`.
  const app = new Hono<{ Bindings: HttpBindings }>({ getPath: (request) => new URL(request.url).pathname.replace(/\/{2,}/g, '/') });
  const metadata = new MetadataService(org);
  const tooling = new ToolingRecords(org, metadata.ids);
  app.route('/local-org', controlRoutes(org, metadata));
  app.use('/services/*', faultMiddleware(org.faults));
  app.use('/services/*', async (context, next) => {
    const length = Buffer.byteLength(context.env.incoming.url ?? '');
    if (length > MAX_URI_BYTES) return refuse(new RestError(414, 'URI_TOO_LONG', `URI exceeds the ${MAX_URI_BYTES}-byte limit`), org);
    return next();
  });
  const limited = (maxSize: number) =>
    bodyLimit({ maxSize, onError: () => refuse(new RestError(413, 'REQUEST_TOO_LARGE', `Request body exceeds ${maxSize} bytes`), org) });
  app.use('/services/Soap/*', limited(MAX_DEPLOY_BYTES));
  app.use(DEPLOY_REQUEST, limited(MAX_DEPLOY_BYTES));
  app.post('/services/Soap/m/:version', (context) => answerMetadataSoap(context, org, metadata));
  app.post('/services/Soap/s/:version/:orgId?', (context) => answerApexSoap(context, org));
  app.all(`${DEPLOY_REQUEST}/:id?`, (context) => answerDeployRequest(context, org, metadata));
  app.use('/services/*', limited(MAX_BODY_BYTES));
  app.all('/services/data/:version/tooling/*', (context) => answerTooling(context, org, tooling));
  app.get('/services/data', (context) => context.json(versionList()));
  app.get('/services/data/', (context) => context.json(versionList()));
  app.all('/services/data/*', (context) => answerRest(context, org));
  app.get('/services/oauth2/userinfo', (context) => userinfo(context, org));
  app.post('/services/oauth2/userinfo', (context) => userinfo(context, org));
  app.on(['GET', 'POST'], '/services/oauth2/token', (context) => token(context, org));
  app.on(['GET', 'POST'], '/services/oauth2/revoke', (context) => revoke(context, org));
  app.all('/services/apexrest/*', (context) => answerApexRest(context, org));
  app.notFound((context) => {
    const known = /^\/(services\/(oauth2|Soap|async|cometd)|id)\//.test(context.req.path);
    return refuse(known ? new NotSupported(`the resource ${context.req.path}`) : notFound(), org);
  });
  app.onError((error) => refuse(error, org));
  return app;
}

function refuse(error: unknown, org: LocalOrg): Response {
  const shown = toRestError(error, org.log);
  return Response.json(shown.body(), { status: shown.status });
}
