import { createServer, request as sendPlain } from 'node:http';
import { request as sendEncrypted } from 'node:https';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it went over the wire. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query string, percent-encoded. */
  readonly target: string;
  readonly body: string;
}

/**
 * Stands between the shim and the org, passes everything on unchanged and remembers what the shim sent: what leaves the
 * process is judged here, not by what the shim says about itself. A connection that the org cuts is cut towards the shim.
 */
export class Wire {
  readonly #target: URL;
  readonly #server: Server;
  #requests: SeenRequest[] = [];
  #brokenOff = 0;
  #port = 0;

  constructor(targetUrl: string) {
    this.#target = new URL(targetUrl);
    this.#server = createServer((incoming, answer) => void this.#pass(incoming, answer));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens; the second time on the port of the first. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nobody listens any more: connections are refused. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Connections that the shim gave up before it had the answer. */
  get brokenOff(): number {
    return this.#brokenOff;
  }

  /** What was sent since the last call. */
  take(): SeenRequest[] {
    const taken = this.#requests;
    this.#requests = [];
    return taken;
  }

  async #pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url = '' } = incoming;
    this.#requests.push({ method, target: url, body: body.toString('utf8') });
    // Another host answers to its own name only.
    const isElsewhere = this.#target.protocol === 'https:';
    const headers = isElsewhere ? { ...incoming.headers, host: this.#target.host } : incoming.headers;
    const send = isElsewhere ? sendEncrypted : sendPlain;
    const onward = send(new URL(url, this.#target), { method, headers, agent: false }, (response) => {
      // No connection is kept: one that close() has cut could otherwise be used once more before the client notices.
      answer.writeHead(response.statusCode ?? 500, { ...response.headers, connection: 'close' });
      response.pipe(answer);
    });
    onward.on('error', () => incoming.socket.destroy());
    answer.on('close', () => {
      if (!answer.writableFinished) this.#brokenOff += 1;
      onward.destroy();
    });
    onward.end(body);
  }
}
