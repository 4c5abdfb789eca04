import { setTimeout as delay } from 'node:timers/promises';
import { HttpFailure, TransportFailure } from './http-failure.ts';
import type { HttpResponse } from './http-failure.ts';
import { parseLimitInfo } from './limit-info.ts';
import type { LimitInfo } from './limit-info.ts';
import { classifyRequest } from './request-policy.ts';
import type { WireRequest } from './request-policy.ts';

export interface HttpTransportOptions {
  /** The only origin that requests, and so the token, may go to. */
  origin: string;
  namespace?: string | undefined;
  /** Bodies above this many bytes are given up. Default 20 MB: a describe of a wide object takes a few. */
  maxResponseBytes?: number;
  now?: () => number;
  random?: () => number;
  /** Waits between two tries of a read; rejects when the signal aborts. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Of a read or a preview; a commit is sent once. */
const maxTries = 3;
const firstBackoffMs = 300;
const longestWaitMs = 5_000;
/** Overloaded, under maintenance, or an edge that lost the instance for a moment. */
const retryableStatus = new Set([420, 429, 502, 503, 504]);
/** Refusals that pass within seconds: too many long requests at once, a record that somebody else is saving. */
const passingRefusal = /ConcurrentPerOrgLongTxn|UNABLE_TO_LOCK_ROW/;
/** Errors of a connection that was never made: nothing reached the org. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** A certificate that was not accepted (Node.js, "X509 certificate error codes"): the handshake ended before any request. */
const certificateRefused = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;
/** Other ends of a handshake. Not every ERR_SSL_: a bad record may come after the request was sent. */
const handshakeFailed =
  /^(ERR_SSL_\w*(WRONG_VERSION_NUMBER|HANDSHAKE_FAILURE|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|UNRECOGNIZED_NAME|PACKET_LENGTH_TOO_LONG)|ERR_TLS_HANDSHAKE_TIMEOUT)$/;

/**
 * HTTP as this product needs it, in place of jsforce's own: the token goes to one origin, redirects are refused, one signal ends
 * headers and body alike, responses are bounded, reads and previews are tried up to three times and commits once.
 */
export class HttpTransport {
  readonly #options: Required<Omit<HttpTransportOptions, 'namespace'>> & Pick<HttpTransportOptions, 'namespace'>;
  #limitInfo: LimitInfo | undefined;

  constructor(options: HttpTransportOptions) {
    this.#options = {
      maxResponseBytes: 20_000_000,
      now: Date.now,
      random: Math.random,
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
      ...options,
    };
  }

  /** The latest reading of the org's API usage, from any response. */
  get limitInfo(): LimitInfo | undefined {
    return this.#limitInfo;
  }

  /**
   * @throws HttpFailure when the org answers 400 or above, after the last try
   * @throws TransportFailure when no usable answer arrives
   * @throws RequestRefused when the request may not be sent at all
   */
  async send(request: WireRequest, signal: AbortSignal): Promise<HttpResponse> {
    const kind = classifyRequest(request, this.#options);
    const tries = kind === 'write' ? 1 : maxTries;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#tryOnce(request, signal);
      if (!(outcome instanceof Error)) return outcome;
      if (attempt >= tries || !isWorthAnotherTry(outcome)) throw outcome;
      await this.#waitBefore(attempt, outcome, signal);
    }
  }

  async #tryOnce(request: WireRequest, signal: AbortSignal): Promise<HttpResponse | HttpFailure | TransportFailure> {
    try {
      const response = await this.#exchange(request, signal);
      return response.statusCode >= 400 ? new HttpFailure(response) : response;
    } catch (error) {
      return error instanceof TransportFailure ? error : toTransportFailure(error, signal);
    }
  }

  async #exchange(request: WireRequest, signal: AbortSignal): Promise<HttpResponse> {
    const response = await fetch(request.url, {
      method: request.method,
      headers: withoutContentLength(request.headers),
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal,
    });
    const headers = Object.fromEntries(response.headers);
    this.#limitInfo = parseLimitInfo(headers['sforce-limit-info'], this.#options.now()) ?? this.#limitInfo;
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel();
      throw new TransportFailure('redirect', `answered ${response.status}, pointing to ${hostOf(headers['location'], request.url)}`);
    }
    return { statusCode: response.status, headers, body: await this.#readBody(response) };
  }

  async #readBody(response: Response): Promise<string> {
    if (response.body === null) return '';
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      size += chunk.byteLength;
      if (size > this.#options.maxResponseBytes) {
        throw new TransportFailure('too_large', `answered with more than ${this.#options.maxResponseBytes.toLocaleString('en-US')} bytes`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  async #waitBefore(attempt: number, failure: Error, signal: AbortSignal): Promise<void> {
    const backoff = firstBackoffMs * 2 ** (attempt - 1);
    const jittered = backoff / 2 + this.#options.random() * backoff;
    try {
      await this.#options.sleep(Math.min(Math.max(jittered, retryAfterMs(failure)), longestWaitMs), signal);
    } catch (error) {
      throw toTransportFailure(error, signal);
    }
  }
}

function isWorthAnotherTry(failure: HttpFailure | TransportFailure): boolean {
  if (failure instanceof HttpFailure) return retryableStatus.has(failure.response.statusCode) || passingRefusal.test(failure.response.body);
  return failure.kind === 'cut' || failure.kind === 'unreachable';
}

function retryAfterMs(failure: Error): number {
  if (!(failure instanceof HttpFailure)) return 0;
  const seconds = Number(failure.response.headers['retry-after']);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

function toTransportFailure(error: unknown, signal: AbortSignal): TransportFailure {
  if (signal.aborted) {
    const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
    return new TransportFailure(
      timedOut ? 'timeout' : 'cancelled',
      timedOut ? 'did not answer in time' : 'had not answered when the call was cancelled',
      {
        cause: error,
      },
    );
  }
  const code = systemCode(error);
  const suffix = code === undefined ? '' : ` (${code})`;
  if (code !== undefined && certificateRefused.test(code)) {
    const remedy = 'set NODE_EXTRA_CA_CERTS to the certificate authority of your network';
    return new TransportFailure('unreachable', `showed a certificate that is not trusted${suffix}: ${remedy}`, { cause: error });
  }
  const unsent = code === undefined ? isBadPort(error) : notConnected.has(code) || handshakeFailed.test(code);
  return unsent
    ? new TransportFailure('unreachable', `cannot be reached${suffix}`, { cause: error })
    : new TransportFailure('cut', `closed the connection${suffix}`, { cause: error });
}

/** Fetch standard, "port blocking": refused by fetch itself, with a cause that has no code. */
function isBadPort(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port';
}

/** fetch hides the socket error in `cause`, and for several addresses in an AggregateError below that. */
function systemCode(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    current = current.cause;
  }
  return undefined;
}

/** fetch computes the length itself; jsforce's own header would only have to agree with it. */
function withoutContentLength(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));
}

function hostOf(location: string | undefined, base: string): string {
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).host : 'an unknown address';
}
