import { describe, expect, it } from 'vitest';
import { fromFaults, toContractError } from './error-mapper.ts';
import { HttpFailure } from './http-failure.ts';

describe('by what Salesforce calls it', () => {
  it.each([
    [401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'AUTH_ERROR', {}],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'RATE_LIMIT_EXCEEDED', {}],
    [
      403,
      'REQUEST_LIMIT_EXCEEDED',
      'ConcurrentPerOrgLongTxn Limit exceeded.',
      'RATE_LIMIT_EXCEEDED',
      { retryable: true, cause: 'CONCURRENT_REQUESTS' },
    ],
    [400, 'INVALID_FIELD', 'No such column', 'INVALID_INPUT', {}],
    [400, 'MALFORMED_QUERY', 'unexpected token', 'INVALID_INPUT', {}],
    [400, 'QUERY_TIMEOUT', 'Your query request was running for too long.', 'SF_API_ERROR', {}],
    [404, 'NOT_FOUND', 'gone', 'NOT_FOUND', {}],
    [400, 'ENTITY_IS_DELETED', 'entity is deleted', 'NOT_FOUND', {}],
    [400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', 'SF_API_ERROR', { retryable: true, cause: 'ROW_LOCKED' }],
    [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Say why', 'SF_API_ERROR', { cause: 'VALIDATION_RULE' }],
    [400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights', 'PERMISSION_DENIED', {}],
    [403, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights', 'PERMISSION_DENIED', {}],
    [403, 'API_DISABLED_FOR_ORG', 'API is disabled', 'PERMISSION_DENIED', {}],
    [503, 'SERVER_UNAVAILABLE', 'busy', 'SF_API_ERROR', { retryable: true }],
    [400, 'SOMETHING_NEW', 'what is it', 'SF_API_ERROR', {}],
  ])('%i %s %s', (status, errorCode, message, code, details) => {
    const error = fromFaults(status, [{ errorCode, message }]);
    expect(error.code).toBe(code);
    expect(error.details).toEqual({ http_status: status, sf_code: errorCode, ...details });
    expect(error.message).toMatch(/\.$/);
  });

  it('an uncaught Apex exception comes without its stack trace', () => {
    const message = 'System.DmlException: Update failed.\n\nClass.Deals.save: line 49, column 1\nTrigger.Deals: line 3, column 1';
    expect(fromFaults(500, [{ errorCode: 'APEX_ERROR', message }]).message).toBe(
      "System.DmlException: Update failed. An Apex class of the org failed; the reason is in the org's debug log. Ask an administrator.",
    );
  });
});

describe('by status, where the body is none of the API', () => {
  it.each([
    [401, 'AUTH_ERROR', {}],
    [403, 'PERMISSION_DENIED', {}],
    [404, 'NOT_FOUND', {}],
    [410, 'INVALID_INPUT', { cause: 'API_VERSION' }],
    [414, 'INVALID_INPUT', { cause: 'TOO_LONG' }],
    [420, 'SF_API_ERROR', { retryable: true }],
    [429, 'RATE_LIMIT_EXCEEDED', { retryable: true }],
    [431, 'INVALID_INPUT', { cause: 'TOO_LONG' }],
    [500, 'SF_API_ERROR', { retryable: true }],
    [502, 'SF_API_ERROR', { retryable: true }],
  ])('%i', (statusCode, code, details) => {
    const error = toContractError(new HttpFailure({ statusCode, headers: {}, body: '<html>na77</html>' }));
    expect(error).toMatchObject({ code, details: { http_status: statusCode, ...details } });
    expect(String(error)).not.toContain('na77');
  });

  it('a token that the identity service refuses, with its own words', () => {
    expect(toContractError(new HttpFailure({ statusCode: 403, headers: {}, body: 'Bad_OAuth_Token' }))).toMatchObject({
      code: 'AUTH_ERROR',
    });
  });
});
