import { NotSupported } from '../../errors.ts';
import { SoqlError } from '../../soql/types.ts';
import { LimitExceeded } from '../../transaction/types.ts';

/**
 * An error as REST answers it: an HTTP status and a JSON array of `{message, errorCode, fields?}`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export class RestError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | null;

  constructor(status: number, errorCode: string, message: string, fields: readonly string[] | null = null) {
    super(message);
    this.name = 'RestError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  body(): { message: string; errorCode: string; fields?: readonly string[] }[] {
    return [{ message: this.message, errorCode: this.errorCode, ...(this.fields ? { fields: this.fields } : {}) }];
  }
}

export const notFound = (): RestError => new RestError(404, 'NOT_FOUND', 'The requested resource does not exist');

/** Any thrown thing as a REST error. What nobody foresaw is a defect of the local org: it is logged whole and named as such. */
export function toRestError(error: unknown, log: (message: string) => void): RestError {
  if (error instanceof RestError) return error;
  if (error instanceof SoqlError) return new RestError(400, error.errorCode, error.message);
  if (error instanceof NotSupported) return new RestError(501, 'NOT_SUPPORTED_BY_LOCAL_ORG', error.message);
  if (error instanceof LimitExceeded) return new RestError(500, 'UNKNOWN_EXCEPTION', `System.LimitException: ${error.message}`);
  const message = error instanceof Error ? error.message : String(error);
  log(`local org defect: ${error instanceof Error ? (error.stack ?? message) : message}`);
  return new RestError(500, 'UNKNOWN_EXCEPTION', `The local org itself failed, which is a defect in it: ${message}`);
}
