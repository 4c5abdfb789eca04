import { setupUser } from '../../data/setup-records.ts';
import { startLocalOrg } from '../org.ts';
import type { LocalOrgOptions, StartedOrg } from '../org-types.ts';

/** For tests: an org on a free port at a fixed moment, and a client that speaks to it as one user. */
export const NOW = Date.UTC(2026, 10, 21, 9, 4, 30, 123);

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

export interface TestClient {
  readonly url: string;
  readonly started: StartedOrg;
  readonly token: string;
  readonly userId: string;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  query(soql: string, headers?: Record<string, string>): Promise<Answer>;
  /** Creates a record and answers its id. */
  create(object: string, fields: Record<string, unknown>): Promise<string>;
}

export async function startTestOrg(options: Partial<LocalOrgOptions> = {}): Promise<TestClient> {
  const started = await startLocalOrg({
    dataset: 'empty',
    root: import.meta.dirname,
    clock: () => NOW,
    seed: 'test',
    log: (message) => {
      throw new Error(message);
    },
    ...options,
  });
  const user = setupUser('admin');
  const token = started.tokens.find((one) => one.username === user.username)?.token;
  if (token === undefined) throw new Error('the test user has no token');
  const send: TestClient['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(started.url + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
    return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as unknown) : text };
  };
  return {
    url: started.url,
    started,
    token,
    userId: user.id,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    query: (soql, headers) => send('GET', `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, undefined, headers),
    async create(object, fields) {
      const { status, body } = await send('POST', `/services/data/v67.0/sobjects/${object}`, fields);
      if (status !== 201) throw new Error(`${object}: ${status} ${JSON.stringify(body)}`);
      return (body as { id: string }).id;
    },
  };
}
