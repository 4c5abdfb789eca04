import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. Queries inside a composite are recorded as requests of their own, marked `inComposite`. */
export interface SeenRequest {
  method: string;
  path: string;
  soql?: string;
  headers: IncomingMessage['headers'];
  body?: unknown;
  inComposite: boolean;
}

export type Reply =
  | { status: number; body: unknown; headers?: Record<string, string> }
  /** Accepts the request and never answers. */
  | 'silence'
  /** Sends headers and the start of a body, and never ends. */
  | 'stall'
  /** Breaks the connection. */
  | 'cut';

type Responder = (request: SeenRequest) => Reply | undefined;

/** A stand-in for Salesforce over real HTTP: it answers what a test scripts and 404 otherwise. It knows composites, nothing else. */
export class ScriptedOrg {
  readonly requests: SeenRequest[] = [];
  /** Connections that the client gave up before the answer was complete. */
  brokenOff = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #responders: Responder[] = [];
  #closing = false;

  static async start(): Promise<ScriptedOrg> {
    const org = new ScriptedOrg();
    await new Promise<void>((resolve) => org.#server.listen(0, '127.0.0.1', resolve));
    return org;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Later scripts go first; a responder that returns undefined passes. */
  on(responder: Responder): void {
    this.#responders.unshift(responder);
  }

  onQuery(soql: string | RegExp, records: readonly Record<string, unknown>[], extra: Record<string, unknown> = {}): void {
    this.on((request) => {
      if (request.soql === undefined || !(typeof soql === 'string' ? request.soql === soql : soql.test(request.soql))) return undefined;
      return ok({ totalSize: records.length, done: true, records, ...extra });
    });
  }

  onPath(path: string, reply: Reply): void {
    this.on((request) => (request.path === path ? reply : undefined));
  }

  /** Requests as they came over the wire, without the parts of composites. */
  get wire(): string[] {
    return this.requests.filter((request) => !request.inComposite).map(({ method, path }) => `${method} ${path}`);
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(request);
    const seen = this.#record({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, text, inComposite: false });
    response.on('close', () => {
      if (!response.writableFinished && !this.#closing) this.brokenOff += 1;
    });
    send(response, this.#answer(seen));
  }

  #record(raw: { method: string; url: string; headers: IncomingMessage['headers']; text: string; inComposite: boolean }): SeenRequest {
    const url = new URL(raw.url, this.url);
    const soql = url.searchParams.get('q');
    const seen: SeenRequest = {
      method: raw.method,
      path: url.pathname,
      headers: raw.headers,
      inComposite: raw.inComposite,
      ...(soql === null ? {} : { soql }),
      ...(raw.text === '' ? {} : { body: bodyOf(raw.text, raw.headers['content-type']) }),
    };
    this.requests.push(seen);
    return seen;
  }

  #answer(seen: SeenRequest): Reply {
    for (const responder of this.#responders) {
      const reply = responder(seen);
      if (reply !== undefined) return reply;
    }
    if (/\/composite$/.test(seen.path)) return this.#answerComposite(seen);
    return fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  #answerComposite(seen: SeenRequest): Reply {
    const { compositeRequest } = seen.body as { compositeRequest: { method: string; url: string; referenceId: string }[] };
    const compositeResponse = compositeRequest.map(({ method, url, referenceId }) => {
      const reply = this.#answer(this.#record({ method, url, headers: seen.headers, text: '', inComposite: true }));
      if (typeof reply === 'string') throw new Error('a part of a composite cannot break the connection');
      return { body: reply.body, httpHeaders: {}, httpStatusCode: reply.status, referenceId };
    });
    return ok({ compositeResponse });
  }
}

export function ok(body: unknown, headers: Record<string, string> = {}): Reply {
  return { status: 200, body, headers };
}

/** Salesforce's error array. */
export function fault(status: number, errorCode: string, message: string): Reply {
  return { status, body: [{ errorCode, message }] };
}

/** JSON, and forms for the login server. */
function bodyOf(text: string, type = ''): unknown {
  return type.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(text))
    : (JSON.parse(text) as unknown);
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  if (reply === 'stall') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"totalSize":');
    return;
  }
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/html' : 'application/json;charset=UTF-8',
    'sforce-limit-info': 'api-usage=18/5000',
    ...reply.headers,
  });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}
