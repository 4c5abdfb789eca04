import { describe, expect, it } from 'vitest';
import { NotSupported } from '../../../errors.ts';
import { T } from '../../types.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { NativeObject } from '../../values/native-object.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import { TypeValue } from '../../values/type-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { call, callStatic, fakeField, fakeObject, fakeRuntime } from '../testing/fake-runtime.ts';
import { AssertClass } from './Assert.ts';
import { BlobClass } from './Blob.ts';
import { CryptoClass } from './Crypto.ts';
import { EncodingUtilClass } from './EncodingUtil.ts';
import { ExceptionClass, QueryExceptionClass } from './Exception.ts';
import { IdClass } from './Id.ts';
import { LimitsClass } from './Limits.ts';
import { openRestContext, RestContextClass } from './RestContext.ts';
import { RestResponseClass } from './RestResponse.ts';
import { RestRequestClass } from './RestRequest.ts';
import { SystemClass } from './System.ts';
import { TestClass } from './Test.ts';
import { TypeClass } from './Type.ts';
import { UserInfoClass } from './UserInfo.ts';
import { UUIDClass } from './UUID.ts';

const runtime = fakeRuntime({ objects: [fakeObject('Account', '001', [fakeField('Id', 'id')])] });
const decimal = (text: string): ApexDecimal => ApexDecimal.parse(text) ?? ApexDecimal.ofInteger(0);
const blob = (text: string): ApexBlob => new ApexBlob(Buffer.from(text));
const bytes = (value: ApexValue): Buffer => (value instanceof ApexBlob ? value.bytes : Buffer.alloc(0));

function native(value: ApexValue): NativeObject {
  if (value instanceof NativeObject) return value;
  throw new Error('not a native object');
}

describe('Assert and System.assert', () => {
  it.each<[string, ApexValue[]]>([
    ['areEqual/2', [decimal('1.0'), decimal('1.00')]],
    ['areEqual/2', [null, null]],
    ['areEqual/2', [new ApexList(T.Integer, [1]), new ApexList(T.Integer, [1])]],
    ['areNotEqual/2', ['a', 'A']],
    ['isTrue/1', [true]],
    ['isFalse/1', [false]],
    ['isNull/1', [null]],
    ['isNotNull/1', ['']],
    ['isInstanceOfType/2', ['x', new TypeValue(T.String)]],
    ['isNotInstanceOfType/2', ['x', new TypeValue(T.Integer)]],
  ])('%s holds #%#', (key, args) => {
    expect(callStatic(AssertClass, key, runtime, ...args)).toBeNull();
  });

  it.each<[string, ApexValue[], string]>([
    ['areEqual/2', ['a', 'A'], 'Assertion Failed: Expected: a, Actual: A'],
    ['areEqual/3', [1, null, 'msg'], 'Assertion Failed: msg: Expected: 1, Actual: null'],
    ['areNotEqual/3', [1, 1n, 'msg'], 'Assertion Failed: msg: Same value: 1'],
    ['isTrue/2', [false, 'msg'], 'Assertion Failed: msg: Expected: true, Actual: false'],
    ['isTrue/1', [null], 'Assertion Failed: Expected: true, Actual: null'],
    ['isNull/1', [5], 'Assertion Failed: Expected: null, Actual: 5'],
    ['isNotNull/1', [null], 'Assertion Failed: Same value: null'],
    ['isInstanceOfType/2', [1, new TypeValue(T.String)], 'Assertion Failed: Expected type: String, Actual type: Integer'],
    ['fail()', [], 'Assertion Failed'],
    ['fail(String)', ['msg'], 'Assertion Failed: msg'],
  ])('%s fails #%#', (key, args, message) => {
    expect(() => callStatic(AssertClass, key, runtime, ...args)).toThrow(new RegExp(`^${message}$`));
  });

  it('has its older form in System', () => {
    expect(() => callStatic(SystemClass, 'Assert(Boolean,Object)', runtime, false, 5)).toThrow(/^Assertion Failed: 5$/);
    expect(() => callStatic(SystemClass, 'Assert(Boolean)', runtime, null)).toThrow(/^Assertion Failed$/);
    expect(() => callStatic(SystemClass, 'assertEquals/3', runtime, 1, 2, 'm')).toThrow('Assertion Failed: m: Expected: 1, Actual: 2');
  });
});

describe('System', () => {
  it('logs by level', () => {
    const lines: string[] = [];
    const logging = { ...runtime, debug: (line: string) => void lines.push(line) };
    callStatic(SystemClass, 'debug(Object)', logging, null);
    callStatic(SystemClass, 'debug(Object,Object)', logging, platformEnumValue('LoggingLevel', 'ERROR'), 1);
    expect(lines).toEqual(['DEBUG|null', 'ERROR|1']);
  });
});

describe('RestContext', () => {
  const open = () =>
    openRestContext(
      runtime,
      {
        method: 'POST',
        path: '/revops/v1/writes/update_field',
        query: new Map([['q', '1']]),
        headers: new Map([['content-type', 'application/json']]),
        body: Buffer.from('{}'),
      },
      '/services/apexrest/revops/v1/*',
    );
  const property = (name: 'request' | 'response'): NativeObject => native(RestContextClass.staticProperties?.[name]?.get(runtime) ?? null);

  it('hands the request to the method', () => {
    open();
    const request = property('request');
    expect(request.properties.get('requestURI')).toBe('/revops/v1/writes/update_field');
    expect(request.properties.get('resourcePath')).toBe('/services/apexrest/revops/v1/*');
    expect(request.properties.get('httpMethod')).toBe('POST');
    expect(bytes(request.properties.get('requestBody') ?? null).toString()).toBe('{}');
    const headers = request.properties.get('headers');
    expect(headers instanceof ApexMap && headers.entries.get(runtime.keyOf(headers.normalized('Content-Type')))?.value).toBe(
      'application/json',
    );
    call(RestRequestClass, 'addParameter(String,String)', runtime, request, 'a', 'b');
    expect(runtime.stringify(request.properties.get('params') ?? null)).toBe('{q=1, a=b}');
  });

  it('answers what the method left in the response', () => {
    const context = open();
    const response = property('response');
    call(RestResponseClass, 'addHeader(String,String)', runtime, response, 'Content-Type', 'text/plain');
    response.properties.set('statusCode', 409);
    response.properties.set('responseBody', blob('no'));
    expect(context.answer()).toEqual({ status: 409, headers: new Map([['content-type', 'text/plain']]), body: Buffer.from('no') });
  });

  it('is 200 and empty unless told otherwise', () => {
    expect(open().answer()).toEqual({ status: 200, headers: new Map(), body: Buffer.alloc(0) });
  });

  it.each([422, 429, 0])('turns the status %i into 500', (status) => {
    const context = open();
    property('response').properties.set('statusCode', status);
    const answer = context.answer();
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toContain(`Invalid status code for HTTP response: ${status}`);
  });
});

describe('exceptions', () => {
  const thrown = new ApexObject({ type: T.platform('DmlException'), superclass: null, interfaces: [], isException: true }, 0);
  thrown.exception = {
    message: null,
    cause: null,
    line: 7,
    stack: 'Class.A: line 7',
    dml: [{ index: 3, id: null, statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required', fields: ['Name'] }],
    inaccessibleFields: new Map([['Account', ['AnnualRevenue']]]),
  };
  const ask = (key: string, ...args: ApexValue[]): string => runtime.stringify(call(ExceptionClass, key, runtime, thrown, ...args));

  it('tell what happened', () => {
    expect(ask('getMessage()')).toBe('Script-thrown exception');
    ask('setMessage(String)', 'said');
    expect([ask('getMessage()'), ask('getTypeName()'), ask('getLineNumber()'), ask('getCause()')]).toEqual([
      'said',
      'System.DmlException',
      '7',
      'null',
    ]);
    expect(runtime.stringify(thrown)).toBe('System.DmlException: said');
  });

  it('tell which records failed', () => {
    expect([
      ask('getNumDml()'),
      ask('getDmlIndex(Integer)', 0),
      ask('getDmlType(Integer)', 0),
      ask('getDmlFieldNames(Integer)', 0),
    ]).toEqual(['1', '3', 'REQUIRED_FIELD_MISSING', '(Name)']);
    expect(() => ask('getDmlMessage(Integer)', 1)).toThrow('List index out of bounds: 1');
  });

  it('tell which fields were out of reach', () => {
    expect(runtime.stringify(call(QueryExceptionClass, 'getInaccessibleFields()', runtime, thrown))).toBe('{Account={AnnualRevenue}}');
  });
});

describe('bytes', () => {
  it('are UTF-8 text', () => {
    expect(bytes(callStatic(BlobClass, 'valueOf(String)', runtime, 'ä'))).toEqual(Buffer.from([0xc3, 0xa4]));
    expect(call(BlobClass, 'size()', runtime, blob('ä'))).toBe(2);
    expect(call(BlobClass, 'toString()', runtime, blob('\ufeffä'))).toBe('\ufeffä');
    expect(() => call(BlobClass, 'toString()', runtime, new ApexBlob(Buffer.from([0xff])))).toThrow('BLOB is not a valid UTF-8 string');
  });

  it('are digested', () => {
    const digest = (name: string): string =>
      bytes(callStatic(CryptoClass, 'generateDigest(String,Blob)', runtime, name, blob('abc'))).toString('hex');
    expect(digest('SHA-256')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digest('MD5')).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(() => digest('CRC')).toThrow('CRC MessageDigest not available');
    const mac = callStatic(
      CryptoClass,
      'generateMac(String,Blob,Blob)',
      runtime,
      'hmacSHA256',
      blob('what do ya want for nothing?'),
      blob('Jefe'),
    );
    expect(bytes(mac).toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('are encoded', () => {
    const code = (key: string, ...args: ApexValue[]): ApexValue => callStatic(EncodingUtilClass, key, runtime, ...args);
    expect(code('base64Encode(Blob)', blob('hi'))).toBe('aGk=');
    expect(bytes(code('base64Decode(String)', 'aGk=')).toString()).toBe('hi');
    expect(code('convertToHex(Blob)', blob('hi'))).toBe('6869');
    expect(code('urlEncode(String,String)', "a b&ä~'*", 'UTF-8')).toBe('a+b%26%C3%A4%7E%27*');
    expect(code('urlDecode(String,String)', 'a+b%26%C3%A4', 'UTF-8')).toBe('a b&ä');
    expect(() => code('base64Decode(String)', 'a!')).toThrow('Unrecognized base64 character: !');
    expect(() => code('convertFromHex(String)', '6')).toThrow('odd number');
    expect(() => code('urlDecode(String,String)', '%G', 'UTF-8')).toThrow('Illegal hex characters');
    expect(() => code('urlEncode(String,String)', 'a', 'ISO-8859-1')).toThrow(NotSupported);
  });
});

describe('Test', () => {
  it('opens fresh limits once', () => {
    let restored = 0;
    const own = fakeRuntime();
    own.tx.limits.fresh = () => () => restored++;
    expect(callStatic(TestClass, 'isRunningTest()', own)).toBe(false);
    own.state.set('isTest', true);
    expect(callStatic(TestClass, 'isRunningTest()', own)).toBe(true);
    expect(() => callStatic(TestClass, 'stopTest()', own)).toThrow('Testing has not started');
    callStatic(TestClass, 'startTest()', own);
    expect(() => callStatic(TestClass, 'startTest()', own)).toThrow('Testing already started');
    callStatic(TestClass, 'stopTest()', own);
    expect(restored).toBe(1);
    expect(() => callStatic(TestClass, 'stopTest()', own)).toThrow('Testing has already stopped');
  });

  it('has limits that count', () => {
    const own = fakeRuntime();
    own.tx.limits.count('queries', 3);
    expect(callStatic(LimitsClass, 'getQueries()', own)).toBe(3);
    expect(callStatic(LimitsClass, 'getLimitQueries()', own)).toBe(100);
  });
});

describe('who and what', () => {
  it('UserInfo', () => {
    expect(
      ['getUserId()', 'getUserName()', 'getOrganizationId()', 'getUserType()'].map((key) => callStatic(UserInfoClass, key, runtime)),
    ).toEqual(['005000000000001AAA', 'ada@example.com', '00D000000000001AAA', 'Standard']);
  });

  it('Id', () => {
    const id = ApexId.of('001D000000IqhSL');
    expect(runtime.stringify(call(IdClass, 'getSobjectType()', runtime, id))).toBe('Account');
    expect(() => call(IdClass, 'getSobjectType()', runtime, ApexId.of('0XX000000000001'))).toThrow(
      'Cannot locate Apex Type for ID: 0XX000000000001GAA',
    );
    expect(runtime.stringify(callStatic(IdClass, 'valueOf(String,Boolean)', runtime, '001d000000iqhsliaz', true))).toBe(
      '001D000000IqhSLIAZ',
    );
    expect(() => callStatic(IdClass, 'valueOf(String)', runtime, '001d000000iqhsliaz')).toThrow('Invalid id: 001d000000iqhsliaz');
  });

  it('UUID', () => {
    const uuid = native(callStatic(UUIDClass, 'fromString(String)', runtime, '123E4567-e89b-42d3-a456-426614174000'));
    expect(call(UUIDClass, 'toString()', runtime, uuid)).toBe('123e4567-e89b-42d3-a456-426614174000');
    expect(runtime.keyEquals(uuid, callStatic(UUIDClass, 'randomUUID()', runtime))).toBe(true);
    expect(() => callStatic(UUIDClass, 'fromString(String)', runtime, 'x')).toThrow('Invalid UUID string: x');
  });

  it('Type', () => {
    const type = new TypeValue(T.map(T.String, T.Object));
    expect(call(TypeClass, 'getName()', runtime, type)).toBe('Map<String,Object>');
    expect(runtime.typeOf(call(TypeClass, 'newInstance()', runtime, type))).toBe(T.map(T.String, T.Object));
    expect(callStatic(TypeClass, 'forName(String)', runtime, 'Nope')).toBeNull();
  });
});
