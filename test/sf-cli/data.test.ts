import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startCliOrg, type CliOrg } from './support/cli-org.ts';
import { CRATES, CRATES_FOLDER } from './support/crates.ts';
import { deployReport } from './support/deploy-report.ts';

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'empty', dataset: 'demo' });
});
afterAll(() => cli.close());

const rows = z.looseObject({ totalSize: z.number(), done: z.boolean(), records: z.array(z.looseObject({})) });
const saved = z.looseObject({ id: z.string(), success: z.literal(true) });
const query = (soql: string, ...more: string[]): string[] => ['data', 'query', '--query', soql, ...more];

test('a query answers records and their parents', async () => {
  const answer = await cli.sf.result(rows, query(`SELECT Username, Profile.Name FROM User WHERE Name = 'Sam Okafor'`));
  expect(answer.records).toEqual([
    expect.objectContaining({
      Username: 'sam.okafor@larkfield.example',
      Profile: expect.objectContaining({ Name: 'System Administrator' }) as object,
    }),
  ]);
});

test('people see a table with the names of the columns, or CSV', async () => {
  const soql = `SELECT Username, Profile.Name FROM User WHERE Name = 'Sam Okafor'`;
  const table = await cli.sf.run(query(soql));
  expect([table.exitCode, table.stdout]).toEqual([
    0,
    expect.stringMatching(/USERNAME\s+PROFILE\.NAME[^]*sam\.okafor@larkfield\.example\s+System Administrator/),
  ]);
  const csv = await cli.sf.run(query(soql, '--result-format', 'csv'));
  expect([csv.exitCode, csv.stdout]).toEqual([0, 'Username,Profile.Name\nsam.okafor@larkfield.example,System Administrator\n']);
});

test('counts and groups are answered too', async () => {
  const groups = await cli.sf.result(
    rows,
    query('SELECT StageName, COUNT(Id) deals FROM Opportunity GROUP BY StageName ORDER BY StageName'),
  );
  const all = await cli.sf.result(rows, query('SELECT COUNT() FROM Opportunity'));
  const counted = z
    .array(z.looseObject({ deals: z.number() }))
    .parse(groups.records)
    .reduce((sum, { deals }) => sum + deals, 0);
  expect([counted > 0, all.totalSize]).toEqual([true, counted]);
});

test('a query that the org refuses says why', async () => {
  const answer = await cli.sf.json(query('SELECT Nmae FROM Account'));
  expect(answer).toMatchObject({
    exitCode: 1,
    name: 'INVALID_FIELD',
    message: expect.stringContaining("No such column 'Nmae' on entity 'Account'") as string,
  });
});

test('more than 2,000 rows come in pages, all of them', async () => {
  const body = { records: Array.from({ length: 2100 }, (_, at) => ({ LastName: `Page ${String(at).padStart(4, '0')}` })) };
  for (let from = 0; from < body.records.length; from += 200) await insertContacts(body.records.slice(from, from + 200));
  const answer = await cli.sf.result(rows, query(`SELECT LastName FROM Contact WHERE LastName LIKE 'Page %' ORDER BY LastName`));
  const names = z
    .array(z.looseObject({ LastName: z.string() }))
    .parse(answer.records)
    .map(({ LastName }) => LastName);
  expect([answer.totalSize, answer.done, names]).toEqual([2100, true, body.records.map(({ LastName }) => LastName)]);
});

async function insertContacts(records: readonly { readonly LastName: string }[]): Promise<void> {
  const tree = records.map((record, at) => ({ attributes: { type: 'Contact', referenceId: `r${at}` }, ...record }));
  const [administrator] = cli.org.tokens;
  const response = await fetch(`${cli.url}/services/data/v67.0/composite/tree/Contact`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${administrator?.token ?? ''}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ records: tree }),
  });
  if (response.status !== 201) throw new Error(await response.text());
}

test('a record is created, read, changed and deleted', async () => {
  const { sf } = cli;
  const record = (verb: string, ...more: string[]): string[] => ['data', verb, 'record', '--sobject', 'Account', ...more];
  const { id } = await sf.result(saved, record('create', '--values', "Name='Crate & Sons' NumberOfEmployees=12"));
  const read = await sf.result(z.looseObject({}), record('get', '--record-id', id));
  expect(read).toMatchObject({ Id: id, Name: 'Crate & Sons', NumberOfEmployees: 12 });
  await sf.result(saved, record('update', '--where', "Name='Crate & Sons'", '--values', 'NumberOfEmployees=13'));
  expect(await sf.result(z.looseObject({}), record('get', '--record-id', id))).toMatchObject({ NumberOfEmployees: 13 });
  await sf.result(saved, record('delete', '--record-id', id));
  const gone = await sf.json(record('get', '--record-id', id));
  expect(gone).toMatchObject({ exitCode: 1, name: 'ENTITY_IS_DELETED' });
});

test('a record that breaks a rule is refused with the name of the field', async () => {
  const answer = await cli.sf.json(['data', 'create', 'record', '--sobject', 'Contact', '--values', "FirstName='Nameless'"]);
  expect(answer).toMatchObject({ exitCode: 1, name: 'REQUIRED_FIELD_MISSING', message: expect.stringContaining('LastName') as string });
});

test('a plan of trees brings records that refer to each other', async () => {
  cli.write({
    'plan.json': JSON.stringify([
      { sobject: 'Account', files: ['accounts.json'] },
      { sobject: 'Contact', files: ['contacts.json'] },
    ]),
    'accounts.json': tree('Account', [{ referenceId: 'grove', Name: 'Grove Freight' }]),
    'contacts.json': tree('Contact', [{ referenceId: 'ada', LastName: 'Quill', AccountId: '@grove' }]),
  });
  await cli.sf.result(z.unknown(), ['data', 'import', 'tree', '--plan', 'plan.json']);
  const { records } = await cli.sf.result(rows, query(`SELECT LastName, Account.Name FROM Contact WHERE Account.Name = 'Grove Freight'`));
  expect(records).toEqual([
    expect.objectContaining({ LastName: 'Quill', Account: expect.objectContaining({ Name: 'Grove Freight' }) as object }),
  ]);
});

function tree(type: string, records: readonly { readonly referenceId: string; readonly [field: string]: string }[]): string {
  return JSON.stringify({ records: records.map(({ referenceId, ...fields }) => ({ attributes: { type, referenceId }, ...fields })) });
}

test('a permission set is assigned once, and one that is not there is refused by name', async () => {
  cli.write(CRATES);
  await cli.sf.result(deployReport, ['project', 'deploy', 'start', '--source-dir', CRATES_FOLDER]);
  const assign = (name: string): Promise<unknown> => cli.sf.json(['org', 'assign', 'permset', '--name', name]);
  expect(await assign('Crate_User')).toMatchObject({ exitCode: 0, result: { successes: [{ value: 'Crate_User' }], failures: [] } });
  expect(await assign('Crate_User')).toMatchObject({ exitCode: 1 });
  expect(await assign('Nope')).toMatchObject({
    exitCode: 1,
    result: { failures: [{ message: expect.stringContaining('Permission set "Nope" not found in target org') as string }] },
  });
});
