// @module-tag whole-org
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestOrg } from './support/test-org.ts';

/** What may be written before an administrator has changed anything. The Apex tests rest on the same table (PolicyTestKit). */
let org: TestOrg;
beforeAll(async () => {
  org = await startTestOrg();
});
afterAll(() => org.close());

const OBJECTS = ['Account', 'Case', 'Contact', 'Lead', 'Opportunity', 'Task'];
const DENIED = ['CurrencyIsoCode', 'DoNotCall', 'HasOptedOutOfEmail', 'HasOptedOutOfFax', 'IsPrivate', 'OwnerId', 'RecordTypeId'];

test('the shipped policy allows fields and notes of six objects and comments on cases, and denies what hides, moves or consents', async () => {
  const records = await org.rest.query(
    'SELECT Object__c, Field__c, Access__c, Active__c, Store_Values__c, Reason__c FROM Write_Policy__mdt',
  );
  const table = records.map(
    (row) =>
      `${String(row['Access__c'])} ${String(row['Object__c'])}.${String(row['Field__c'])} ${String(row['Active__c'])} ${String(row['Store_Values__c'])}`,
  );
  expect(table.sort()).toEqual(
    [
      ...OBJECTS.flatMap((name) => [`Allow ${name}.* true true`, `Allow ${name}.$Note true true`]),
      'Allow Case.$Comment true true',
      ...DENIED.map((field) => `Deny *.${field} true true`),
      'Deny Opportunity.StageName true true',
    ].sort(),
  );
  expect(records.filter((row) => !row['Reason__c'])).toEqual([]);
});

test('the shipped settings allow writes that are previewed and confirmed, 100 an hour', async () => {
  expect(
    await org.rest.query(
      'SELECT DeveloperName, Writes_Enabled__c, Preview_Enabled__c, Require_Confirmation__c, Max_Writes_Per_Hour__c, Min_Justification_Length__c, Use_Assignment_Rules__c FROM Write_Setting__mdt',
    ),
  ).toEqual([
    {
      DeveloperName: 'Default',
      Writes_Enabled__c: true,
      Preview_Enabled__c: true,
      Require_Confirmation__c: true,
      Max_Writes_Per_Hour__c: 100,
      Min_Justification_Length__c: 10,
      Use_Assignment_Rules__c: false,
    },
  ]);
});
