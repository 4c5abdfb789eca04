import { describe, expect, it } from 'vitest';
import { RequestRefused, classifyRequest } from './request-policy.ts';
import type { WireRequest } from './request-policy.ts';

const origin = 'https://example.my.salesforce.com';
const data = '/services/data/v60.0';
const query = `${data}/query?q=SELECT+Id+FROM+Account`;

function classify(method: string, path: string, extra: Partial<WireRequest> = {}, namespace?: string) {
  return classifyRequest({ method, url: `${origin}${path}`, ...extra }, { origin, namespace });
}

function composite(...subrequests: object[]): Partial<WireRequest> {
  return { body: JSON.stringify({ allOrNone: false, compositeRequest: subrequests }) };
}

describe('reads', () => {
  it.each([
    query,
    `${data}/limits`,
    `${data}/sobjects/Account/describe`,
    `${data}/sobjects/Cleanup_Audit__c/describe`,
    '/services/oauth2/userinfo',
    '/services/apexrest/revops/v1/status',
    '/services/apexrest/revops/v1/objects/Plan__c',
  ])('GET %s', (path) => {
    expect(classify('GET', path)).toBe('read');
  });

  it('a composite of queries', () => {
    expect(classify('POST', `${data}/composite`, composite({ method: 'GET', url: query, referenceId: 'a' }))).toBe('read');
  });

  it('a composite of a record and queries', () => {
    const record = { method: 'GET', url: `${data}/sobjects/Opportunity/006000000000001AAA`, referenceId: 'r' };
    expect(classify('POST', `${data}/composite`, composite(record, { method: 'GET', url: query, referenceId: 'a' }))).toBe('read');
  });
});

describe('a preview', () => {
  const path = '/services/apexrest/revops/v1/writes/update_field';

  it('is what says so itself', () => {
    expect(classify('POST', path, { body: JSON.stringify({ mode: 'preview', input: {} }) })).toBe('preview');
  });

  it.each(['{"mode":"commit"}', '{"mode":["preview"]}', '{"input":{"mode":"preview"}}', 'preview', ''])('%s counts as a commit', (body) => {
    expect(classify('POST', path, { body })).toBe('write');
  });
});

describe('the only write', () => {
  it('the Apex service', () => {
    expect(classify('POST', '/services/apexrest/revops/v1/writes/update_field', { body: '{}' })).toBe('write');
  });

  it('under its own namespace and no other', () => {
    expect(classify('POST', '/services/apexrest/acme/revops/v1/writes/update_field', {}, 'acme')).toBe('write');
    expect(() => classify('POST', '/services/apexrest/other/revops/v1/writes/update_field', {}, 'acme')).toThrow(RequestRefused);
    expect(() => classify('POST', '/services/apexrest/revops/v1/writes/update_field', {}, 'acme')).toThrow(RequestRefused);
  });
});

describe('everything else is refused', () => {
  it.each([
    ['PATCH', `${data}/sobjects/Account/001000000000001AAA`],
    ['DELETE', `${data}/sobjects/Account/001000000000001AAA`],
    ['PUT', `${data}/sobjects/Account/External__c/1`],
    ['POST', `${data}/sobjects/Account`],
    ['POST', `${data}/query`],
    ['POST', `${data}/composite/sobjects`],
    ['POST', `${data}/composite/tree/Account`],
    ['POST', `${data}/composite/batch`],
    ['POST', `${data}/actions/standard/emailSimple`],
    ['POST', `${data}/jobs/ingest`],
    ['POST', '/services/Soap/u/60.0'],
    ['POST', '/services/apexrest/other/v1/writes/update_field'],
    ['POST', '/services/apexrest/revops/v1/writes/../../../other'],
    ['POST', '/services/apexrest/revops/v1/writes/%2e%2e/%2e%2e/x'],
    ['POST', '/services/apexrest/revops/v1/writes/update_field?_HttpMethod=PATCH'],
    ['POST', '/services/apexrest/revops/v1/status'],
    ['GET', '/services/apexrest/other/v1/anything'],
    ['GET', '/services/apexrest/revops/v1/writes/update_field'],
    ['GET', '/services/apexrest/revops/v1/objects/'],
    ['GET', '/services/apexrest/revops/v1/objects/Plan__c/x'],
    ['POST', '/services/apexrest/revops/v1/objects/Plan__c'],
    ['GET', `${data}/tooling/executeAnonymous/?anonymousBody=delete%20x;`],
    ['GET', `${data}/sobjects/Account/001000000000001AAA`],
    ['GET', `${query}&_HttpMethod=DELETE`],
    ['GET', `${query}&_httpmethod=DELETE`],
    ['GET', '/secur/logout.jsp'],
    ['HEAD', query],
    ['OPTIONS', query],
  ])('%s %s [revops-022]', (method, path) => {
    expect(() => classify(method, path)).toThrow(RequestRefused);
  });

  it.each([
    ['another method on a query', composite({ method: 'DELETE', url: query, referenceId: 'a' })],
    ['a PATCH inside', composite({ method: 'PATCH', url: `${data}/sobjects/Account/001`, referenceId: 'a', body: {} })],
    [
      'a POST after a GET',
      composite(
        { method: 'GET', url: query, referenceId: 'a' },
        { method: 'POST', url: `${data}/sobjects/Account`, referenceId: 'b', body: {} },
      ),
    ],
    ['a GET that overrides its method', composite({ method: 'GET', url: `${query}&_HttpMethod=PATCH`, referenceId: 'a' })],
    ['headers inside', composite({ method: 'GET', url: query, referenceId: 'a', httpHeaders: { 'X-HTTP-Method-Override': 'PATCH' } })],
    ['executeAnonymous inside', composite({ method: 'GET', url: `${data}/tooling/executeAnonymous?anonymousBody=x`, referenceId: 'a' })],
    ['another origin inside', composite({ method: 'GET', url: 'https://elsewhere.example/services/data/v60.0/query', referenceId: 'a' })],
    ['a blob inside', composite({ method: 'GET', url: `${data}/sobjects/Document/015000000000001AAA/Body`, referenceId: 'a' })],
    ['no body', {}],
    ['no JSON', { body: 'x' }],
    [
      'a second key',
      { body: JSON.stringify({ allOrNone: false, compositeRequest: [{ method: 'GET', url: query, referenceId: 'a' }], graphs: [] }) },
    ],
  ])('a composite with %s', (_what, extra) => {
    expect(() => classify('POST', `${data}/composite`, extra)).toThrow(RequestRefused);
  });

  it('an override header', () => {
    expect(() => classify('GET', query, { headers: { 'X-HTTP-Method-Override': 'DELETE' } })).toThrow(RequestRefused);
  });

  it.each([
    'http://example.my.salesforce.com',
    'https://example.my.salesforce.com:8443',
    'https://example.my.salesforce.com.evil.example',
    'https://elsewhere.example',
  ])('another origin: %s', (other) => {
    expect(() => classifyRequest({ method: 'GET', url: `${other}${query}` }, { origin })).toThrow(RequestRefused);
  });
});
