/** The seven codes of the tool contract. Finer causes stand in `details.cause`. */
export const errorCodes = [
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'RATE_LIMIT_WARNING',
  'RATE_LIMIT_EXCEEDED',
  'INVALID_INPUT',
  'SF_API_ERROR',
  'AUTH_ERROR',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What stands beside the message: JSON only, no tokens, no stack traces. */
export interface ErrorDetails {
  /** The finer cause, such as CONFLICT, TIMEOUT or UNKNOWN_OUTCOME. */
  cause?: string;
  /** True where the same call may succeed later without any change. */
  retryable?: boolean;
  request_id?: string;
  audit_id?: string;
  sf_code?: string;
  fields?: string[];
  [key: string]: unknown;
}

/** An error that may be shown to the client as it is: the message says what to do next. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ContractError';
    this.code = code;
    this.details = details;
  }

  /** The body of a failed tool call. */
  toBody(): { error: { code: ErrorCode; message: string; details: ErrorDetails } } {
    return { error: { code: this.code, message: this.message, details: this.details } };
  }
}

export function invalidInput(message: string, details: ErrorDetails = {}): ContractError {
  return new ContractError('INVALID_INPUT', message, details);
}
