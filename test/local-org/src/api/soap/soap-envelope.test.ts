import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { child, element, envelope, faultEnvelope, parseEnvelope, SoapFault, textOf } from './soap-envelope.ts';
import { plain } from './testing.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const request = (header: string, body: string): string =>
  `<?xml version="1.0"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${NAMESPACE}"><env:Header>${header}</env:Header><env:Body>${body}</env:Body></env:Envelope>`;

describe('parseEnvelope', () => {
  test('reads session, header and operation, whatever the prefixes', () => {
    const parsed = parseEnvelope(
      request('<m:SessionHeader><m:sessionId> T </m:sessionId></m:SessionHeader>', '<m:deploy><a>1</a><a>2</a></m:deploy>'),
    );
    expect([parsed.sessionId, parsed.operation.name, plain(parsed.operation)]).toEqual(['T', 'deploy', { a: ['1', '2'] }]);
    expect(parsed.header && child(parsed.header, 'SessionHeader')?.name).toBe('SessionHeader');
  });

  test('there may be no header', () => {
    const parsed = parseEnvelope('<Envelope><Body><deploy/></Body></Envelope>');
    expect([parsed.sessionId, parsed.header]).toEqual(['', undefined]);
  });

  test('text is kept as it is written, CDATA and entities resolved', () => {
    const { operation } = parseEnvelope(request('', '<run><code>a &lt; b\n<![CDATA[<c>]]></code></run>'));
    expect(child(operation, 'code')?.text).toBe('a < b\n<c>');
    expect(textOf(operation, 'missing')).toBe('');
  });

  test('an entity of its own is refused rather than expanded', () => {
    const text = `<!DOCTYPE e [<!ENTITY x "y">]><Envelope><Body><deploy>&x;</deploy></Body></Envelope>`;
    expect(() => parseEnvelope(text)).toThrow(SoapFault);
  });
});

describe('envelope', () => {
  test('lists repeat their element, null is nil, undefined leaves it out', () => {
    expect(element('result', { a: [1, 2], b: null, c: undefined, d: { e: true }, f: [] })).toBe(
      '<result><a>1</a><a>2</a><b xsi:nil="true"/><d><e>true</e></d></result>',
    );
  });

  test('an answer and a fault are envelopes whose Envelope and Body have a prefix', () => {
    const answer = envelope(NAMESPACE, 'deploy', { id: '1' }, '<x/>');
    expect(answer).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><soapenv:Envelope [^>]+><soapenv:Header><x\/><\/soapenv:Header><soapenv:Body><deployResponse>/,
    );
    const fault = faultEnvelope(NAMESPACE, new SoapFault('INVALID_FIELD', 'a < b'));
    expect(plain(parseEnvelope(fault).operation)).toEqual({ faultcode: 'sf:INVALID_FIELD', faultstring: 'INVALID_FIELD: a < b' });
  });

  test('any text comes back, what XML cannot carry as U+FFFD', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { operation } = parseEnvelope(envelope(NAMESPACE, 'run', { text }));
        const carried = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/\r\n?/g, '\n');
        const result = child(operation, 'result');
        expect(result && child(result, 'text')?.text).toBe(carried);
      }),
    );
  });
});
