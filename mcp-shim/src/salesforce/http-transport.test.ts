import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedOrg, fault, ok } from '../testing/scripted-org.ts';
import type { Reply } from '../testing/scripted-org.ts';
import { HttpFailure, TransportFailure } from './http-failure.ts';
import { HttpTransport } from './http-transport.ts';
import { RequestRefused } from './request-policy.ts';

let org: ScriptedOrg;
let waits: number[];

beforeEach(async () => {
  org = await ScriptedOrg.start();
  waits = [];
});
afterEach(() => org.close());

const queryPath = '/services/data/v60.0/query';
const writePath = '/services/apexrest/revops/v1/writes/update_field';
const never = new AbortController().signal;

function transport(options: { maxResponseBytes?: number } = {}): HttpTransport {
  const sleep = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
  return new HttpTransport({ origin: org.url, random: () => 0.5, now: () => 1_000, sleep, ...options });
}

function get(signal = never, sender = transport()) {
  return sender.send({ method: 'GET', url: `${org.url}${queryPath}?q=x`, headers: { Authorization: 'Bearer secret' } }, signal);
}

function post(signal = never) {
  return transport().send({ method: 'POST', url: `${org.url}${writePath}`, body: '{}' }, signal);
}

/** Replies in turn; the last one stays. */
function scripted(path: string, ...replies: Reply[]): void {
  let turn = 0;
  org.on((request) => (request.path === path ? replies[Math.min(turn++, replies.length - 1)] : undefined));
}

it('returns status, headers and body, and keeps the latest API usage', async () => {
  scripted(queryPath, ok({ records: [] }));
  const sender = transport();
  const response = await get(never, sender);
  expect(response).toMatchObject({ statusCode: 200, body: '{"records":[]}', headers: { 'sforce-limit-info': 'api-usage=18/5000' } });
  expect(sender.limitInfo).toEqual({ used: 18, limit: 5000, readAt: 1_000 });
});

describe('tries', () => {
  it('a read again after 503, and waits with growing backoff [revops-039]', async () => {
    scripted(queryPath, fault(503, 'SERVER_UNAVAILABLE', 'busy'), fault(503, 'SERVER_UNAVAILABLE', 'busy'), ok({}));
    expect((await get()).statusCode).toBe(200);
    expect(waits).toEqual([300, 600]);
  });

  it('a read three times and no more', async () => {
    scripted(queryPath, { status: 502, body: '<html>Bad Gateway</html>' });
    await expect(get()).rejects.toMatchObject({ name: 'HttpFailure', response: { statusCode: 502 } });
    expect(org.requests).toHaveLength(3);
  });

  it('a read again after a broken connection', async () => {
    scripted(queryPath, 'cut', ok({}));
    expect((await get()).statusCode).toBe(200);
  });

  it('as late as Retry-After says, within bounds', async () => {
    scripted(
      queryPath,
      { status: 429, body: [], headers: { 'retry-after': '2' } },
      { status: 429, body: [], headers: { 'retry-after': '3600' } },
      ok({}),
    );
    await get();
    expect(waits).toEqual([2_000, 5_000]);
  });

  it.each([400, 401, 403, 404, 500])('a read once when the answer is %i', async (status) => {
    scripted(queryPath, fault(status, 'X', 'x'));
    await expect(get()).rejects.toBeInstanceOf(HttpFailure);
    expect(org.requests).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['503', fault(503, 'SERVER_UNAVAILABLE', 'busy')],
    ['an HTML 502', { status: 502, body: '<html></html>' }],
    ['401', fault(401, 'INVALID_SESSION_ID', 'expired')],
    ['a broken connection', 'cut'],
  ])('a write once, even after %s', async (_what, reply) => {
    scripted(writePath, reply);
    await expect(post()).rejects.toThrow();
    expect(org.requests).toHaveLength(1);
  });
});

describe('gives up', () => {
  it.each<[string, Reply]>([
    ['a server that never answers', 'silence'],
    ['a body that never ends', 'stall'],
  ])('on %s, when the time is up', async (_what, reply) => {
    scripted(queryPath, reply);
    await expect(get(AbortSignal.timeout(50))).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('when the call is cancelled', async () => {
    const controller = new AbortController();
    org.on(() => {
      controller.abort();
      return 'silence';
    });
    await expect(get(controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(org.requests).toHaveLength(1);
  });

  it('between two tries', async () => {
    scripted(queryPath, fault(503, 'SERVER_UNAVAILABLE', 'busy'));
    const waiting = new HttpTransport({ origin: org.url });
    await expect(get(AbortSignal.timeout(100), waiting)).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('on bodies above the bound', async () => {
    scripted(queryPath, ok({ text: 'x'.repeat(5_000) }));
    await expect(get(never, transport({ maxResponseBytes: 1_000 }))).rejects.toMatchObject({ kind: 'too_large' });
    expect(org.requests).toHaveLength(1);
  });

  it('on a write whose connection broke, as cut: it may have been made', async () => {
    scripted(writePath, 'cut');
    await expect(post()).rejects.toMatchObject({ kind: 'cut' });
  });

  it('on an org that is not there, as unreachable: nothing was sent', async () => {
    const gone = await ScriptedOrg.start();
    const url = gone.url;
    await gone.close();
    const sender = new HttpTransport({ origin: url, sleep: () => Promise.resolve() });
    await expect(sender.send({ method: 'GET', url: `${url}${queryPath}` }, never)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('knows that nothing was sent', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'cannot be reached (ERR_SSL_WRONG_VERSION_NUMBER)'],
  ])('after %s', async (code, said) => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('tls'), { code }) })));
    await expect(post()).rejects.toMatchObject({ kind: 'unreachable', message: expect.stringContaining(said) as string });
  });

  it('but not after a record that was damaged on the way', async () => {
    const cause = Object.assign(new Error('tls'), { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })));
    await expect(post()).rejects.toMatchObject({ kind: 'cut' });
  });

  it('to a port that fetch blocks', async () => {
    const url = 'http://127.0.0.1:1';
    const sender = new HttpTransport({ origin: url, sleep: () => Promise.resolve() });
    await expect(sender.send({ method: 'GET', url: `${url}${queryPath}` }, never)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

it('says who closed the connection', async () => {
  scripted(writePath, 'cut');
  await expect(post()).rejects.toThrow(/^closed the connection/);
});

it('follows no redirect, so the token stays with the org', async () => {
  const elsewhere = await ScriptedOrg.start();
  scripted(queryPath, { status: 302, body: {}, headers: { location: `${elsewhere.url}/login?startURL=secret` } });
  const failure = await get().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TransportFailure);
  expect(failure).toMatchObject({ kind: 'redirect', message: `answered 302, pointing to ${new URL(elsewhere.url).host}` });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});

it('sends nothing to another origin', async () => {
  const elsewhere = await ScriptedOrg.start();
  await expect(transport().send({ method: 'GET', url: `${elsewhere.url}${queryPath}` }, never)).rejects.toBeInstanceOf(RequestRefused);
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});
