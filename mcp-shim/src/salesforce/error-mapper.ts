import * as z from 'zod';
import { ContractError } from '../errors.ts';
import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { cleanText } from '../untrusted-text.ts';
import { HttpFailure, TransportFailure, isTokenRefused } from './http-failure.ts';
import type { HttpResponse, TransportFailureKind } from './http-failure.ts';

/** One entry of Salesforce's error array (REST API Developer Guide, "Status Codes and Error Responses"). */
export interface SalesforceFault {
  errorCode: string;
  message: string;
  fields?: string[] | undefined;
}

const faults = z
  .array(z.object({ errorCode: z.string(), message: z.string(), fields: z.array(z.string()).optional().catch(undefined) }))
  .nonempty();

const maxMessageLength = 500;

interface Rule {
  code: ErrorCode;
  /** What to do next; it follows Salesforce's own message. */
  advice: string;
  retryable?: boolean;
  /** The finer cause, where Salesforce's own code says less. */
  cause?: string;
}

const notVisible = 'The object or field does not exist or is not visible to you: check the API name and your access to it.';
const correctValue = 'Correct the value and call again.';
const oldVersion = 'Set SFDC_API_VERSION to a version that the org has, such as v60.0.';
const correctSoql = 'Correct the SOQL and call again.';
const renewToken =
  'Salesforce did not accept the access token: it has expired or was revoked. Put a fresh one into SFDC_ACCESS_TOKEN and restart the server.';

/** By Salesforce errorCode first, since several share an HTTP status. */
const rulesByFault: Readonly<Record<string, Rule>> = {
  INVALID_SESSION_ID: { code: 'AUTH_ERROR', advice: renewToken },
  INVALID_AUTH_HEADER: { code: 'AUTH_ERROR', advice: renewToken },
  REQUEST_LIMIT_EXCEEDED: {
    code: 'RATE_LIMIT_EXCEEDED',
    advice: 'The org has used up its API requests. Wait, or ask an administrator about the limit.',
  },
  INVALID_FIELD: { code: 'INVALID_INPUT', advice: notVisible },
  INVALID_TYPE: { code: 'INVALID_INPUT', advice: notVisible },
  MALFORMED_QUERY: { code: 'INVALID_INPUT', advice: correctSoql },
  MALFORMED_ID: { code: 'INVALID_INPUT', advice: 'Pass a 15- or 18-character record id.' },
  INVALID_QUERY_FILTER_OPERATOR: { code: 'INVALID_INPUT', advice: 'Use an operator that fits the type of the field.' },
  QUERY_TOO_COMPLICATED: { code: 'INVALID_INPUT', advice: 'Select fewer formula fields or simplify the conditions.' },
  NUMBER_OUTSIDE_VALID_RANGE: { code: 'INVALID_INPUT', advice: 'Correct the number and call again.' },
  QUERY_TIMEOUT: { code: 'SF_API_ERROR', advice: 'Narrow the query, for example by a date or an owner, and call again.' },
  OPERATION_TOO_LARGE: { code: 'SF_API_ERROR', advice: 'Narrow the query, for example by a date or an owner, and call again.' },
  NOT_FOUND: { code: 'NOT_FOUND', advice: 'It does not exist, is deleted, or is not visible to you.' },
  ENTITY_IS_DELETED: { code: 'NOT_FOUND', advice: 'The record is in the recycle bin.' },
  INVALID_QUERY_LOCATOR: { code: 'SF_API_ERROR', advice: 'The page is no longer kept: start the query again.' },
  API_DISABLED_FOR_ORG: { code: 'PERMISSION_DENIED', advice: 'The user needs the permission "API Enabled".' },
  API_CURRENTLY_DISABLED: { code: 'PERMISSION_DENIED', advice: 'The user needs the permission "API Enabled".' },
  INVALID_CROSS_REFERENCE_KEY: { code: 'NOT_FOUND', advice: 'The record that the id points to does not exist or is not visible to you.' },
  UNABLE_TO_LOCK_ROW: {
    code: 'SF_API_ERROR',
    advice: 'Somebody else is saving this record: try again in a few seconds.',
    retryable: true,
    cause: 'ROW_LOCKED',
  },
  INVALID_OPERATION: { code: 'SF_API_ERROR', advice: 'An approval process or a setting forbids it; ask an administrator.' },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: { code: 'SF_API_ERROR', advice: correctValue, cause: 'VALIDATION_RULE' },
  REQUIRED_FIELD_MISSING: { code: 'SF_API_ERROR', advice: correctValue },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: { code: 'INVALID_INPUT', advice: correctValue },
  STRING_TOO_LONG: { code: 'INVALID_INPUT', advice: correctValue },
  DUPLICATE_VALUE: { code: 'SF_API_ERROR', advice: correctValue },
  DUPLICATES_DETECTED: { code: 'SF_API_ERROR', advice: correctValue },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    code: 'SF_API_ERROR',
    advice: 'A trigger or flow of the org refused it: do as it says, or ask an administrator.',
  },
  UNSUPPORTED_API_VERSION: { code: 'INVALID_INPUT', advice: oldVersion, cause: 'API_VERSION' },
  APEX_ERROR: {
    code: 'SF_API_ERROR',
    advice: "An Apex class of the org failed; the reason is in the org's debug log. Ask an administrator.",
  },
  SERVER_UNAVAILABLE: { code: 'SF_API_ERROR', advice: 'Try again in a few minutes; see status.salesforce.com.', retryable: true },
};

const concurrentRequests: Rule = {
  code: 'RATE_LIMIT_EXCEEDED',
  advice: 'Too many long requests run at once in this org: call again in a minute.',
  retryable: true,
  cause: 'CONCURRENT_REQUESTS',
};

/**
 * One code, two meanings: REQUEST_LIMIT_EXCEEDED is of the day or of the moment; INVALID_FIELD also says that a value in WHERE has
 * the wrong type, and then access is not the matter.
 */
function ruleByFault(fault: SalesforceFault): Rule | undefined {
  if (fault.errorCode === 'REQUEST_LIMIT_EXCEEDED' && /Concurrent/i.test(fault.message)) return concurrentRequests;
  const rule = Object.hasOwn(rulesByFault, fault.errorCode) ? rulesByFault[fault.errorCode] : undefined;
  return rule?.advice === notVisible && fault.message.includes('value of filter criterion') ? { ...rule, advice: correctSoql } : rule;
}

function ruleByStatus(status: number): Rule {
  if (status === 401) return { code: 'AUTH_ERROR', advice: renewToken };
  if (status === 403) return { code: 'PERMISSION_DENIED', advice: 'Ask an administrator for access.' };
  if (status === 404) return { code: 'NOT_FOUND', advice: 'It does not exist, is deleted, or is not visible to you.' };
  if (status === 410) return { code: 'INVALID_INPUT', advice: `This API version is retired. ${oldVersion}`, cause: 'API_VERSION' };
  if (status === 414 || status === 431)
    return {
      code: 'INVALID_INPUT',
      advice: 'The request is too long: select fewer fields or shorten the lists in WHERE.',
      cause: 'TOO_LONG',
    };
  if (status === 420) return { code: 'SF_API_ERROR', advice: 'The edge network lost the org for a moment: call again.', retryable: true };
  if (status === 429)
    return { code: 'RATE_LIMIT_EXCEEDED', advice: 'Too many requests at once: wait a minute and call again.', retryable: true };
  if (status >= 500) return { code: 'SF_API_ERROR', advice: 'Try again in a few minutes; see status.salesforce.com.', retryable: true };
  return { code: 'SF_API_ERROR', advice: 'Check the arguments; check_connection shows whether the org answers at all.' };
}

const transportAdvice: Record<TransportFailureKind, { cause: string; advice: string; retryable: boolean }> = {
  unreachable: { cause: 'UNREACHABLE', advice: 'Check SFDC_INSTANCE_URL and the network.', retryable: true },
  cut: { cause: 'CONNECTION_CUT', advice: 'Call again; if it persists, check the network.', retryable: true },
  timeout: { cause: 'TIMEOUT', advice: 'Ask for less, try again later, or raise REVOPS_TIME_LIMIT_SECONDS.', retryable: true },
  cancelled: { cause: 'CANCELLED', advice: 'Call again when you need the answer.', retryable: true },
  redirect: {
    cause: 'REDIRECT_REFUSED',
    advice: 'Set SFDC_INSTANCE_URL to the address the org answers at itself, its My Domain URL.',
    retryable: false,
  },
  too_large: { cause: 'RESPONSE_TOO_LARGE', advice: 'Select fewer fields or rows.', retryable: false },
};

/** The one place where what Salesforce and the network say becomes a contract error. Unknown errors pass unchanged. */
export function toContractError(error: unknown): unknown {
  if (error instanceof TransportFailure) {
    const { cause, advice, retryable } = transportAdvice[error.kind];
    return new ContractError('SF_API_ERROR', `Salesforce ${error.message}. ${advice}`, { cause, retryable }, { cause: error });
  }
  return error instanceof HttpFailure ? fromResponse(error.response, error) : error;
}

/** Also for the parts of a composite, which carry a status and an error array of their own. */
export function fromFaults(status: number, list: readonly SalesforceFault[], cause?: unknown): ContractError {
  const fault = list[0];
  const rule =
    (fault && ruleByFault(fault)) ?? (fault?.errorCode.startsWith('INSUFFICIENT_ACCESS') ? ruleByStatus(403) : ruleByStatus(status));
  const details: ErrorDetails = { http_status: status };
  if (fault) details.sf_code = fault.errorCode;
  if (fault?.fields && fault.fields.length > 0) details.fields = fault.fields;
  if (rule.cause !== undefined) details.cause = rule.cause;
  if (rule.retryable) details.retryable = true;
  // What Salesforce says about a token may quote it; our own text says all there is to say.
  const said = fault && rule.code !== 'AUTH_ERROR' ? `${sentence(fault.message)} ` : '';
  return new ContractError(rule.code, `${said}${rule.advice}`, details, { cause });
}

/** The error array of a response, where it has one. */
export function parseFaults(body: unknown): SalesforceFault[] | undefined {
  return faults.safeParse(body).data;
}

function fromResponse(response: HttpResponse, cause: unknown): ContractError {
  const list = parseFaults(parseJson(response.body));
  if (list) return fromFaults(response.statusCode, list, cause);
  const rule = ruleByStatus(isTokenRefused(response) ? 401 : response.statusCode);
  // An HTML page, a proxy's text: not the API, and nothing of it is passed on.
  const said = rule.code === 'AUTH_ERROR' ? '' : `Salesforce answered HTTP ${response.statusCode} without an API error. `;
  return new ContractError(
    rule.code,
    `${said}${rule.advice}`,
    {
      http_status: response.statusCode,
      ...(rule.cause === undefined ? {} : { cause: rule.cause }),
      ...(rule.retryable ? { retryable: true } : {}),
    },
    { cause },
  );
}

function sentence(message: string): string {
  // An uncaught Apex exception brings its stack trace along.
  const text = cleanText(message.replace(/\s+(Class|Trigger)\.[\s\S]*$/, ''), maxMessageLength)
    .replace(/\s+/g, ' ')
    .trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: judged by the status alone
  }
}
