import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

interface Describe {
  readonly fields: readonly { readonly name: string }[];
  readonly childRelationships: readonly { readonly relationshipName: string }[];
}

async function describeField(object: string, name: string): Promise<unknown> {
  const { body } = await client.get(`/services/data/v67.0/sobjects/${object}/describe`);
  return (body as Describe).fields.find((field) => field.name === name);
}

test('the list of objects names each with its URLs', async () => {
  const { body } = await client.get('/services/data/v67.0/sobjects/');
  const list = body as { encoding: string; maxBatchSize: number; sobjects: { name: string }[] };
  expect([list.encoding, list.maxBatchSize]).toEqual(['UTF-8', 200]);
  expect(list.sobjects.find((one) => one.name === 'Account')).toMatchObject({
    name: 'Account',
    keyPrefix: '001',
    label: 'Account',
    labelPlural: 'Accounts',
    custom: false,
    createable: true,
    queryable: true,
    urls: {
      describe: '/services/data/v67.0/sobjects/Account/describe',
      rowTemplate: '/services/data/v67.0/sobjects/Account/{ID}',
      sobject: '/services/data/v67.0/sobjects/Account',
    },
  });
});

test('an object’s own resource answers in any case of its name', async () => {
  const { status, body } = await client.get('/services/data/v60.0/sobjects/account');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    objectDescribe: { name: 'Account', urls: { sobject: '/services/data/v60.0/sobjects/Account' } },
    recentItems: [],
  });
});

test('a field is described whole', async () => {
  expect(await describeField('Opportunity', 'Amount')).toEqual({
    aggregatable: true,
    aiPredictionField: false,
    autoNumber: false,
    byteLength: 0,
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: false,
    compoundFieldName: null,
    controllerName: null,
    createable: true,
    custom: false,
    defaultValue: null,
    defaultValueFormula: null,
    defaultedOnCreate: false,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: false,
    extraTypeInfo: null,
    filterable: true,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: false,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: false,
    inlineHelpText: null,
    label: 'Amount',
    length: 0,
    mask: null,
    maskType: null,
    name: 'Amount',
    nameField: false,
    namePointing: false,
    nillable: true,
    permissionable: true,
    picklistValues: [],
    polymorphicForeignKey: false,
    precision: 18,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: [],
    relationshipName: null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: false,
    scale: 2,
    searchPrefilterable: false,
    soapType: 'xsd:double',
    sortable: true,
    type: 'currency',
    unique: false,
    updateable: true,
    writeRequiresMasterRead: false,
  });
});

test('references and picklists carry their targets and values', async () => {
  expect(await describeField('Opportunity', 'OwnerId')).toMatchObject({
    type: 'reference',
    soapType: 'tns:ID',
    length: 18,
    byteLength: 18,
    referenceTo: ['User'],
    relationshipName: 'Owner',
    nillable: false,
    defaultedOnCreate: true,
    permissionable: false,
  });
  expect(await describeField('Lead', 'Status')).toMatchObject({
    type: 'picklist',
    picklistValues: [
      { active: true, defaultValue: true, label: 'Open - Not Contacted', validFor: null, value: 'Open - Not Contacted' },
      {},
      {},
      {},
    ],
  });
});

test('a part names its compound, and field permissions are given for the compound', async () => {
  expect(await describeField('Account', 'BillingCity')).toMatchObject({ compoundFieldName: 'BillingAddress' });
  expect(await describeField('Account', 'BillingAddress')).toMatchObject({ compoundFieldName: null, permissionable: true });
  expect(await describeField('Contact', 'FirstName')).toMatchObject({ compoundFieldName: 'Name', permissionable: false });
  expect(await describeField('User', 'City')).toMatchObject({ compoundFieldName: 'Address' });
});

test('child relationships are those that queries take', async () => {
  const { body } = await client.get('/services/data/v67.0/sobjects/Account/describe');
  expect((body as Describe).childRelationships).toContainEqual({
    cascadeDelete: false,
    childSObject: 'Opportunity',
    deprecatedAndHidden: false,
    field: 'AccountId',
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName: 'Opportunities',
    restrictedDelete: false,
  });
});
