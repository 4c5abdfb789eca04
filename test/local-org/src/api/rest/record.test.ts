import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
let acme: string;
beforeAll(async () => {
  client = await startTestOrg();
  acme = await client.create('Account', { Name: 'Acme', Industry: 'Energy', BillingCity: 'Boston', BillingState: 'MA' });
});
afterAll(() => client.started.close());

const sobjects = '/services/data/v67.0/sobjects';
const NOT_FOUND = [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }];

describe('reading a record', () => {
  test('the fields asked for, in their order, then Id', async () => {
    const { status, body } = await client.get(`${sobjects}/Account/${acme}?fields=industry,Name`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toBe(
      JSON.stringify({ attributes: { type: 'Account', url: `${sobjects}/Account/${acme}` }, Industry: 'Energy', Name: 'Acme', Id: acme }),
    );
  });

  test('without fields all of them, the address put together from its parts', async () => {
    const { body } = await client.get(`${sobjects}/Account/${acme}`);
    expect(body).toMatchObject({
      attributes: { type: 'Account', url: `${sobjects}/Account/${acme}` },
      Id: acme,
      IsDeleted: false,
      Name: 'Acme',
      OwnerId: client.userId,
      CreatedDate: '2026-11-21T09:04:30.000+0000',
      AnnualRevenue: null,
      BillingAddress: {
        city: 'Boston',
        country: null,
        geocodeAccuracy: null,
        latitude: null,
        longitude: null,
        postalCode: null,
        state: 'MA',
        street: null,
      },
      ShippingAddress: null,
    });
  });

  test('a 15-character id is taken', async () => {
    expect((await client.get(`${sobjects}/Account/${acme.slice(0, 15)}?fields=Name`)).body).toMatchObject({ Id: acme });
  });

  test.each([
    ['Account/001000000000000AAA', 404, NOT_FOUND],
    ['Opportunity/{acme}', 404, NOT_FOUND],
    ['Account/abc', 404, [{ message: 'Provided external ID field does not exist or is not accessible: abc', errorCode: 'NOT_FOUND' }]],
    [
      'Account/{acme}?fields=Nope__c',
      400,
      [{ message: "No such column 'Nope__c' on sobject of type Account", errorCode: 'INVALID_FIELD' }],
    ],
  ])('%s → %i', async (path, status, body) => {
    expect(await client.get(`${sobjects}/${path.replace('{acme}', acme)}`)).toMatchObject({ status, body });
  });
});

describe('writing records', () => {
  test('create, update, delete, and then it is gone', async () => {
    const created = await client.send('POST', `${sobjects}/Account`, { Name: ' Bolt ', NumberOfEmployees: '12', AnnualRevenue: 5 });
    expect(created).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^001\w{15}$/) as unknown, success: true, errors: [] },
    });
    const { id } = created.body as { id: string };
    expect((await client.get(`${sobjects}/Account/${id}?fields=Name,NumberOfEmployees,AnnualRevenue`)).body).toMatchObject({
      Name: 'Bolt',
      NumberOfEmployees: 12,
      AnnualRevenue: 5,
    });
    expect(await client.send('PATCH', `${sobjects}/Account/${id}`, { Name: 'Bolt Ltd', AnnualRevenue: null })).toMatchObject({
      status: 204,
      body: '',
    });
    expect((await client.get(`${sobjects}/Account/${id}?fields=Name,AnnualRevenue`)).body).toMatchObject({
      Name: 'Bolt Ltd',
      AnnualRevenue: null,
    });
    expect(await client.send('DELETE', `${sobjects}/Account/${id}`)).toMatchObject({ status: 204, body: '' });
    const gone = { status: 404, body: [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED' }] };
    expect(await client.get(`${sobjects}/Account/${id}`)).toMatchObject(gone);
    expect(await client.send('PATCH', `${sobjects}/Account/${id}`, { Name: 'x' })).toMatchObject(gone);
    expect(await client.send('DELETE', `${sobjects}/Account/${id}`)).toMatchObject(gone);
  });

  test('a missing required field is refused and nothing is written', async () => {
    const { status, body } = await client.send('POST', `${sobjects}/Account`, { Industry: 'Energy' });
    expect({ status, body }).toEqual({
      status: 400,
      body: [{ message: 'Required fields are missing: [Name]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }],
    });
    expect((await client.query("SELECT COUNT() FROM Account WHERE Industry = 'Energy'")).body).toMatchObject({ totalSize: 1 });
  });

  test.each([
    [{ Nope__c: 1 }, 400, 'INVALID_FIELD', "No such column 'Nope__c' on sobject of type Account"],
    [{ Id: '001000000000000AAA' }, 400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.'],
    [
      { AnnualRevenue: 'much' },
      400,
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of currency from VALUE_STRING value much or request may be missing a required field',
    ],
    [
      { Name: { a: 1 } },
      400,
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of string from START_OBJECT or request may be missing a required field',
    ],
    [
      { Owner: { Username: 'x' } },
      501,
      'NOT_SUPPORTED_BY_LOCAL_ORG',
      'Not supported by the local org: setting Account.Owner by a nested record',
    ],
  ])('%j → %i %s', async (fields, status, errorCode, message) => {
    const answer = await client.send('PATCH', `${sobjects}/Account/${acme}`, fields);
    expect(answer).toMatchObject({ status, body: [{ errorCode, message }] });
  });

  test.each([
    ['{"Name":', { 'Content-Type': 'application/json' }, 400, 'JSON_PARSER_ERROR'],
    ['[]', { 'Content-Type': 'application/json' }, 400, 'JSON_PARSER_ERROR'],
    ['Name=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('the body %s is refused', async (body, headers, status, errorCode) => {
    expect(await client.send('POST', `${sobjects}/Account`, body, headers)).toMatchObject({ status, body: [{ errorCode }] });
  });
});
