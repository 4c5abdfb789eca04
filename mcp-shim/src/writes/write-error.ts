import { ContractError } from '../errors.ts';
import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { fromFaults } from '../salesforce/error-mapper.ts';
import type { SalesforceFault } from '../salesforce/error-mapper.ts';
import { cleanText } from '../untrusted-text.ts';
import type { Commit, Confirmation } from './write-client.ts';
import type { WriteRefusal } from './write-outcome.ts';

/** The service's codes and the contract's (TOOLS, "Errors"). What is not listed is SF_API_ERROR with the code as its cause. */
const contractCodes: Readonly<Record<string, ErrorCode>> = {
  INVALID_INPUT: 'INVALID_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  PERMISSION_DENIED: 'PERMISSION_DENIED',
  POLICY_DENIED: 'PERMISSION_DENIED',
  WRITES_DISABLED: 'PERMISSION_DENIED',
  WRITE_QUOTA_EXCEEDED: 'RATE_LIMIT_EXCEEDED',
};

/** What to do next, where the service cannot know it: the tools are this server's, each named as its operation. */
const nextSteps: Readonly<Record<string, (tool: string) => string>> = {
  INVALID_INPUT: (tool) => `Nothing was written: correct it and call ${tool} again.`,
  NOT_FOUND: (tool) => `Nothing was written: check the id and call ${tool} again.`,
  POLICY_DENIED: () => 'describe_object shows which fields may be written.',
  WRITES_DISABLED: () => 'check_connection shows whether they are on.',
  WRITE_QUOTA_EXCEEDED: () => 'check_connection shows how many are left.',
  WRITE_REJECTED: (tool) => `Then call ${tool} again.`,
  REQUEST_ID_REUSED: (tool) => `Call ${tool} again: it takes a new request id.`,
};

/** The service's own advice to an agent that reads for itself; where there are previews, the next one does it here. */
const readAgain = / Read the record again and decide anew\.$/;

const maxMessageLength = 1000;

/**
 * A refusal by the service: nothing was changed.
 * @param tool what the caller called, which is the name of the operation
 * @param confirmation of the commit; absent for a preview
 */
export function fromRefusal(refusal: WriteRefusal, tool: string, requestId: string, confirmation?: Confirmation): ContractError {
  const { code, message, details } = refusal.error;
  const mapped = (Object.hasOwn(contractCodes, code) ? contractCodes[code] : undefined) ?? 'SF_API_ERROR';
  const said = cleanText(message, maxMessageLength);
  return new ContractError(mapped, withNextStep(said, code, tool, confirmation), {
    cause: code === 'WRITE_REJECTED' && details?.sf_code === 'FIELD_CUSTOM_VALIDATION_EXCEPTION' ? 'VALIDATION_RULE' : code,
    ...(code === 'ROW_LOCKED' ? { retryable: true } : {}),
    ...pickDetails(details),
    request_id: requestId,
  });
}

function withNextStep(said: string, code: string, tool: string, confirmation: Confirmation | undefined): string {
  if (code === 'CONFLICT' && isPreviewedAgain(tool, confirmation)) {
    return `${said.replace(readAgain, '')} Call ${tool} again to see the current value, and confirm the new change line.`;
  }
  if (code === 'ROW_LOCKED') {
    // Only a token that the caller has seen can be used again.
    const again = confirmation === 'token' ? 'call confirm_write again with the same token' : `call ${tool} again`;
    return `${said} Nothing was written: ${again} in a few seconds.`;
  }
  const next = Object.hasOwn(nextSteps, code) ? nextSteps[code] : undefined;
  return next === undefined ? said : `${said} ${next(tool)}`;
}

/** Whether another preview would show what has changed. That of a revert is refused for the same reason. */
function isPreviewedAgain(tool: string, confirmation: Confirmation | undefined): boolean {
  return (confirmation === 'token' || confirmation === 'elicitation') && tool !== 'revert_change';
}

/** A refusal by the platform before the service ran, or the failure of a preview: nothing was changed. */
export function fromPlatformRefusal(status: number, faults: readonly SalesforceFault[], requestId?: string): ContractError {
  const fault = faults[0];
  const request = requestId === undefined ? {} : { request_id: requestId };
  if (status === 404) return serviceMissing(requestId);
  if (status === 403 && fault?.errorCode === 'FORBIDDEN') {
    return new ContractError(
      'PERMISSION_DENIED',
      'The user may not call the Apex write service, so nothing was written. Assign the permission set RevOps_MCP_User.',
      { cause: 'WRITE_SERVICE_FORBIDDEN', sf_code: fault.errorCode, ...request },
    );
  }
  const mapped = fromFaults(status, faults);
  return new ContractError(mapped.code, `${mapped.message} Nothing was written.`, { ...mapped.details, ...request });
}

export function serviceMissing(requestId?: string): ContractError {
  return new ContractError(
    'SF_API_ERROR',
    `The Apex write service does not answer in this org, so nothing ${requestId === undefined ? 'can be' : 'was'} written. Deploy force-app (or install the package) and set SFDC_AUDIT_OBJECT with its namespace, if it has one.`,
    { cause: 'WRITE_SERVICE_MISSING', ...(requestId === undefined ? {} : { request_id: requestId }) },
  );
}

/** Apex Developer Guide, "Execution Governors and Limits": maximum execution time for each Apex transaction. */
const longestTransaction = '10 minutes';

/** No answer, or none that tells, however often it was asked for: the change may or may not have been made. */
export function unknownOutcome(what: string, commit: Commit, httpStatus?: number, cause?: unknown): ContractError {
  const { request_id: requestId, confirmation } = commit;
  // Only a token that the caller has seen can be used again.
  const orAgain = confirmation === 'token' ? ' Or call confirm_write again with the same token: the change is never made twice.' : '';
  return new ContractError(
    'SF_API_ERROR',
    `${what} It was sent again until the time was over, and it is still not known whether the change was made. ` +
      `Before anything else, call get_audit_trail with request_id ${requestId}: a row that has not failed means that it was made; ` +
      `no such row, that it was not, or that it is still under way: ask again later, for ${longestTransaction} at most.${orAgain}`,
    { cause: 'UNKNOWN_OUTCOME', request_id: requestId, ...(httpStatus === undefined ? {} : { http_status: httpStatus }) },
    { cause },
  );
}

function pickDetails(details: WriteRefusal['error']['details']): ErrorDetails {
  const picked: ErrorDetails = {};
  if (details?.sf_code) picked.sf_code = details.sf_code;
  if (details?.fields && details.fields.length > 0) picked.fields = details.fields;
  if (details?.audit_id) picked.audit_id = details.audit_id;
  return picked;
}
