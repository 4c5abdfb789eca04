import type { Context } from 'hono';
import { NotSupported } from '../../errors.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { RunningUser } from '../../transaction/types.ts';
import { versionState } from '../rest/versions.ts';
import { accessOf } from '../rest/visible-objects.ts';
import { envelope, faultEnvelope, parseEnvelope, SoapFault, type SoapElement, type SoapValue } from './soap-envelope.ts';

/** One call of an operation. */
export interface SoapCall {
  readonly operation: SoapElement;
  /** Undefined where the envelope has none. */
  readonly header: SoapElement | undefined;
  readonly user: RunningUser;
}

export interface SoapApi {
  /** As refusals name it: `the Metadata API call readMetadata`. */
  readonly name: string;
  readonly namespace: string;
  /** What a user without the permission Modify All Data is told. */
  readonly needs: string;
  /** By their names in the WSDL. */
  readonly operations: Readonly<Record<string, (call: SoapCall) => SoapAnswer>>;
}

/** `header` holds elements of the header, written. */
export interface SoapAnswer {
  readonly result: SoapValue;
  readonly header?: string;
}

/** Answers a request to a SOAP API: 200 with the result, or 500 with a fault. */
export async function answerSoap(context: Context, org: LocalOrg, api: SoapApi): Promise<Response> {
  const send = (status: number, text: string): Response =>
    new Response(text, { status, headers: { 'Content-Type': 'text/xml;charset=UTF-8' } });
  try {
    if (versionState(`v${context.req.param('version') ?? ''}`) !== 'served')
      throw new SoapFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
    const { sessionId, header, operation } = parseEnvelope(await context.req.text());
    const user = sessionUser(sessionId, org);
    if (!org.apiUsage.count()) throw new SoapFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    if (!accessOf(user, org).hasUserPermission('ModifyAllData')) throw new SoapFault('INSUFFICIENT_ACCESS', api.needs);
    const run = Object.hasOwn(api.operations, operation.name) ? api.operations[operation.name] : undefined;
    if (!run) throw new NotSupported(`the ${api.name} call ${operation.name}`);
    const answer = run({ operation, header, user });
    return send(200, envelope(api.namespace, operation.name, answer.result, answer.header));
  } catch (error) {
    return send(500, faultEnvelope(api.namespace, toFault(error, org)));
  }
}

function sessionUser(sessionId: string, org: LocalOrg): RunningUser {
  const username = org.sessions.usernameOf(sessionId);
  const user = username === undefined ? null : org.findUser(username);
  if (!user) throw new SoapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found');
  return user;
}

function toFault(error: unknown, org: LocalOrg): SoapFault {
  if (error instanceof SoapFault) return error;
  if (error instanceof NotSupported) return new SoapFault('NOT_SUPPORTED_BY_LOCAL_ORG', error.message);
  const message = error instanceof Error ? error.message : String(error);
  org.log(`local org defect: ${error instanceof Error ? (error.stack ?? message) : message}`);
  return new SoapFault('UNKNOWN_EXCEPTION', `The local org itself failed, which is a defect in it: ${message}`);
}
