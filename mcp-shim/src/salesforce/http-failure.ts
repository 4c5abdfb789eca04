export interface HttpResponse {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** The org answered, with a status of 400 or above. */
export class HttpFailure extends Error {
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    super(`HTTP ${response.statusCode}`);
    this.name = 'HttpFailure';
    this.response = response;
  }
}

/**
 * The token was not accepted, and nothing ran. The identity service says so with 403 and one word
 * (Salesforce Help, "The User Info Endpoint").
 */
export function isTokenRefused(response: HttpResponse): boolean {
  return response.statusCode === 401 || response.body.startsWith('Bad_OAuth_Token');
}

/**
 * No usable answer arrived.
 * unreachable: nothing was sent · cut: sent, and the connection broke · timeout, cancelled: given up by us ·
 * redirect, too_large: an answer that we do not take
 */
export type TransportFailureKind = 'unreachable' | 'cut' | 'timeout' | 'cancelled' | 'redirect' | 'too_large';

export class TransportFailure extends Error {
  readonly kind: TransportFailureKind;

  constructor(kind: TransportFailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportFailure';
    this.kind = kind;
  }
}
