import type { Context } from 'hono';
import { z } from 'zod';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { accessOf } from '../rest/visible-objects.ts';
import {
  child,
  childrenNamed,
  envelope,
  faultEnvelope,
  parseEnvelope,
  SoapFault,
  textOf,
  type SoapElement,
  type SoapValue,
} from '../soap/soap-envelope.ts';
import { deployOptionsSchema, type DeployApiOptions } from './deploy-options.ts';
import { deployResult } from './deploy-jobs.ts';
import type { MetadataService } from './metadata-service.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

interface Call {
  readonly element: SoapElement;
  readonly user: RunningUser;
  readonly service: MetadataService;
}

/**
 * The operations of the Metadata API that the local org answers, under their names in the WSDL.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_calls_intro.htm
 */
const OPERATIONS: Readonly<Record<string, (call: Call) => SoapValue>> = {
  deploy({ element, user, service }) {
    const zip = Buffer.from(textOf(element, 'ZipFile'), 'base64');
    const job = service.deploys.deploy(zip, deployOptions(element), user);
    return { done: false, id: job.id, state: 'Queued' };
  },
  checkDeployStatus({ element, service }) {
    const job = service.deploys.find(textOf(element, 'asyncProcessId'));
    if (!job) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${textOf(element, 'asyncProcessId')}`);
    return deployResult(job, textOf(element, 'includeDetails') === 'true', service.ids);
  },
  cancelDeploy({ element, service }) {
    const id = textOf(element, 'String') || textOf(element, 'id');
    if (!service.deploys.find(id)) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${id}`);
    throw new SoapFault('INVALID_OPERATION', 'Deployment already completed'); // every deploy has ended when its id is known
  },
  deployRecentValidation({ element, user, service }) {
    const job = service.deploys.quickDeploy(textOf(element, 'validationId'), user);
    if (!job) throw new SoapFault('INVALID_ID_FIELD', 'Validation Id is not valid for quick deployment.');
    return job.id;
  },
  retrieve({ element, service }) {
    const request = child(element, 'request') ?? child(element, 'retrieveRequest');
    const unpackaged = request && child(request, 'unpackaged');
    if (!request || !unpackaged) throw new NotSupported('a retrieve without unpackaged components');
    const members = childrenNamed(unpackaged, 'types').flatMap((types) =>
      childrenNamed(types, 'members').map(({ text }) => ({ type: textOf(types, 'name'), name: text.trim() })),
    );
    const job = service.retrieve(members, textOf(unpackaged, 'version') || textOf(request, 'apiVersion'));
    return { done: false, id: job.id, state: 'Queued' };
  },
  checkRetrieveStatus({ element, service }) {
    const id = textOf(element, 'asyncProcessId') || textOf(element, 'id');
    const job = service.retrieved(id);
    if (!job) throw new SoapFault('INVALID_ID_FIELD', `invalid async process id: ${id}`);
    return {
      done: true,
      fileProperties: job.properties.map((each) => ({ ...each })),
      id: job.id,
      messages: job.messages,
      status: 'Succeeded',
      success: true,
      zipFile: Buffer.from(job.zip).toString('base64'),
    };
  },
  listMetadata({ element, service }) {
    return childrenNamed(element, 'queries')
      .flatMap((query) => service.list(textOf(query, 'type')))
      .map((each) => ({ ...each }));
  },
  describeMetadata: ({ service }) => service.describe(),
};

/** `POST /services/Soap/m/NN.0` */
export async function answerMetadataSoap(context: Context, org: LocalOrg, service: MetadataService): Promise<Response> {
  const send = (status: number, text: string): Response =>
    new Response(text, { status, headers: { 'Content-Type': 'text/xml;charset=UTF-8' } });
  try {
    const { sessionId, operation } = parseEnvelope(await context.req.text());
    const user = sessionUser(sessionId, org);
    const run = Object.hasOwn(OPERATIONS, operation.name) ? OPERATIONS[operation.name] : undefined;
    if (!run) throw new NotSupported(`the Metadata API call ${operation.name}`);
    return send(200, envelope(NAMESPACE, operation.name, run({ element: operation, user, service })));
  } catch (error) {
    return send(500, faultEnvelope(NAMESPACE, toFault(error, org)));
  }
}

/** @throws SoapFault for a session that has ended, and for a user who may not deploy */
export function sessionUser(sessionId: string, org: LocalOrg): RunningUser {
  const username = org.sessions.usernameOf(sessionId);
  const user = username === undefined ? null : org.findUser(username);
  if (!user) throw new SoapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found');
  if (!accessOf(user, org).hasUserPermission('ModifyAllData'))
    throw new SoapFault(
      'INSUFFICIENT_ACCESS',
      'Deploying and retrieving needs the permission Modify All Data or Modify Metadata Through Metadata API Functions',
    );
  return user;
}

export function toFault(error: unknown, org: LocalOrg): SoapFault {
  if (error instanceof SoapFault) return error;
  if (error instanceof NotSupported) return new SoapFault('NOT_SUPPORTED_BY_LOCAL_ORG', error.message);
  const message = error instanceof Error ? error.message : String(error);
  org.log(`local org defect: ${error instanceof Error ? (error.stack ?? message) : message}`);
  return new SoapFault('UNKNOWN_EXCEPTION', `The local org itself failed, which is a defect in it: ${message}`);
}

function deployOptions(element: SoapElement): DeployApiOptions {
  const given: Record<string, unknown> = {};
  for (const { name, text } of child(element, 'DeployOptions')?.children ?? []) {
    const value = text.trim();
    if (name === 'runTests') given[name] = [...((given[name] as string[] | undefined) ?? []), value];
    else given[name] = value === 'true' ? true : value === 'false' ? false : value;
  }
  const options = deployOptionsSchema.safeParse(given);
  if (!options.success) throw new SoapFault('INVALID_FIELD', z.prettifyError(options.error));
  return options.data;
}
