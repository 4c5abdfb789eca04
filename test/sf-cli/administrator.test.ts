import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { parseXml, type XmlElement } from '../local-org/src/metadata/xml-element.ts';
import { startCliOrg, type CliOrg } from './support/cli-org.ts';
import { componentsOf, deployReport } from './support/deploy-report.ts';
import { query } from './support/query.ts';

/** How an administrator gets the product, as the README tells it: one command after the other, in an org that has nothing of it. */
const ROOT = resolve(import.meta.dirname, '../..');
const DIRECTORIES = ['force-app/main', 'force-app/crm-access', 'force-app/test'];
const SOURCE = DIRECTORIES.flatMap((directory) => ['--source-dir', directory]);
const REQUEST_ID = '5f1f2c52-7c3e-4a55-9a55-3a1d3c2b1a00';

let cli: CliOrg;
beforeAll(async () => {
  cli = await startCliOrg({ project: 'force-app' });
});
afterAll(() => cli.close());

test('force-app is deployed with its tests, all of which pass', async () => {
  const report = await cli.sf.result(deployReport, ['project', 'deploy', 'start', ...SOURCE, '--test-level', 'RunLocalTests']);
  expect(report).toMatchObject({ status: 'Succeeded', numberTestErrors: 0, numberComponentErrors: 0 });
  expect(z.looseObject({ numberTestsCompleted: z.number() }).parse(report).numberTestsCompleted).toBeGreaterThan(50);
  expect(new Set(report.files.map(({ state }) => state))).toEqual(new Set(['Created']));
  expect(componentsOf(cli.org)).toEqual(
    expect.arrayContaining(['CustomObject Cleanup_Audit__c', 'ApexClass WriteService', 'PermissionSet RevOps_MCP_User']),
  );
});

test('the permission sets are assigned', async () => {
  const names = ['RevOps_MCP_User', 'RevOps_CRM_Access', 'RevOps_Audit_Admin'];
  const answer = await cli.sf.json(['org', 'assign', 'permset', ...names.flatMap((name) => ['--name', name])]);
  expect(answer).toMatchObject({ exitCode: 0, result: { failures: [] } });
  const assigned = await query(
    cli.sf,
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = 'sam.okafor@larkfield.example' AND PermissionSet.Name LIKE 'RevOps%'`,
  );
  expect(assigned).toHaveLength(names.length);
});

test('the data plan of the project is imported', async () => {
  cpSync(join(ROOT, 'config/data'), join(cli.project, 'config/data'), { recursive: true });
  const imported = await cli.sf.result(z.array(z.looseObject({ refId: z.string(), id: z.string() })), [
    'data',
    'import',
    'tree',
    '--plan',
    'config/data/plan.json',
  ]);
  const [count] = await query(cli.sf, 'SELECT COUNT(Id) deals FROM Opportunity WHERE AccountId != null');
  const deals = imported.filter(({ id }) => id.startsWith('006'));
  expect([deals.length > 0, count]).toEqual([true, expect.objectContaining({ deals: deals.length })]);
});

test('all Apex tests run, with the coverage of the whole org', async () => {
  const report = z.looseObject({
    summary: z.looseObject({ outcome: z.string(), failing: z.number(), orgWideCoverage: z.string() }),
  });
  const { summary } = await cli.sf.result(report, [
    'apex',
    'run',
    'test',
    '--test-level',
    'RunLocalTests',
    '--wait',
    '10',
    '--code-coverage',
  ]);
  expect(summary).toMatchObject({ outcome: 'Passed', failing: 0 });
  expect(Number.parseInt(summary.orgWideCoverage, 10)).toBeGreaterThanOrEqual(75);
});

test('a write through the Apex service leaves its audit row', async () => {
  const [deal] = z.array(z.looseObject({ Id: z.string() })).parse(await query(cli.sf, 'SELECT Id FROM Opportunity ORDER BY Name LIMIT 1'));
  const input = { object_type: 'Opportunity', object_id: deal?.Id, field_name: 'NextStep', new_value: 'Send the order form' };
  const written = await postWrite({
    request_id: REQUEST_ID,
    mode: 'commit',
    justification: 'Agreed with the account owner',
    client: 'cli suite',
    confirmation: 'console',
    input,
  });
  expect(written).toBe(200);
  const audit = await query(
    cli.sf,
    `SELECT Operation__c, New_Value__c, Record_Id__c FROM Cleanup_Audit__c WHERE Request_Id__c = '${REQUEST_ID}'`,
  );
  expect(audit).toEqual([
    expect.objectContaining({ Operation__c: 'update_field', New_Value__c: 'Send the order form', Record_Id__c: deal?.Id }),
  ]);
});

async function postWrite(body: unknown): Promise<number> {
  const [administrator] = cli.org.tokens;
  const headers = { Authorization: `Bearer ${administrator?.token ?? ''}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${cli.url}/services/apexrest/revops/v1/writes/update_field`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return response.status;
}

test('a retrieve gives back all of force-app as it was deployed', async () => {
  const manifest = await cli.sf.json(['project', 'generate', 'manifest', ...SOURCE, '--name', 'all.xml']);
  expect(manifest.exitCode).toBe(0);
  const deployed = filesOf(DIRECTORIES);
  const retrieved = await cli.sf.json(['project', 'retrieve', 'start', '--manifest', 'all.xml']);
  expect(retrieved).toMatchObject({ exitCode: 0, result: { success: true } });
  expect(filesOf(DIRECTORIES)).toEqual(deployed);
});

/** What every file below some folders says, by path: Apex to the letter, XML without its layout. */
function filesOf(folders: readonly string[]): Record<string, unknown> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(cli.project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(files.map((file) => [file.slice(cli.project.length), contentOf(file)]));
}

function contentOf(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.xml') ? elementContent(parseXml(file, text).root) : text;
}

function elementContent(element: XmlElement | null): unknown {
  return element && { name: element.name, text: element.text.trim(), children: element.children.map(elementContent) };
}

test('what is deleted is gone from the org and from the project', async () => {
  const deleted = await cli.sf.json(['project', 'delete', 'source', '--metadata', 'PermissionSet:RevOps_Audit_Reviewer', '--no-prompt']);
  expect(deleted).toMatchObject({ exitCode: 0, result: { success: true } });
  expect(componentsOf(cli.org)).not.toContain('PermissionSet RevOps_Audit_Reviewer');
  expect(existsSync(join(cli.project, 'force-app/main/default/permissionsets/RevOps_Audit_Reviewer.permissionset-meta.xml'))).toBe(false);
});
