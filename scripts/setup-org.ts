// npm run setup:org -- <alias>: everything that a Salesforce org needs, step by step, with the sf CLI.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runCli } from '../mcp-shim/src/cli/run-cli.ts';
import { runSteps } from './run-command.ts';
import { copyDataPlan, demoAccounts } from './setup-org/data-plan.ts';
import { keptPolicyText, packageSources } from './setup-org/package-sources.ts';
import { sf, SfError, sfResult } from './setup-org/sf.ts';
import { testClasses } from './setup-org/test-classes.ts';

const HELP = `npm run setup:org -- <alias> [options]

Sets up a Salesforce org that the sf CLI knows. Begin with a sandbox, a scratch org or a Developer Edition; force-app/README.md says what
production asks for besides.

  npx sf org login web --alias <alias> --instance-url <My Domain URL of the org>
  npx sf org create scratch --definition-file config/project-scratch-def.json --target-dev-hub <hub> --alias <alias>

What it does:

  1. deploys force-app: the audit object, the Apex write service, the permission sets, their tests
  2. assigns RevOps_MCP_User and RevOps_CRM_Access to the user, and RevOps_Audit_Admin to you
  3. loads a small demo company, with --demo-data
  4. runs the Apex tests of force-app, and no others, with coverage
  5. checks the connection as the MCP server does, as you

  --user <username>       who gets the first two permission sets: the user of the MCP server (default: you)
  --demo-data             load config/data, its dates moved to today
  --commit-stage <name>   the opportunity stage that means commit, where it is not "Commit": a new org has no stage of that name,
                          and step 5 says so until one is named, here and in SFDC_COMMIT_STAGE_NAME of the server
  --help                  this text

It can be run again, to upgrade too: code and permission sets are brought up to date; the records of Write Policy and
Write Setting, which administrators change, assignments and a demo company that are there are left alone.`;

const FOR_USER = ['RevOps_MCP_User', 'RevOps_CRM_Access'];
const FOR_ADMINISTRATOR = ['RevOps_Audit_Admin'];
const display = z.looseObject({ username: z.string(), instanceUrl: z.string() });
const token = z.looseObject({ accessToken: z.string() });
const assigned = z.looseObject({ records: z.array(z.looseObject({ PermissionSet: z.looseObject({ Name: z.string() }) })) });
const counted = z.looseObject({ totalSize: z.number() });

const { alias, options } = parseCommandLine();
if (options.help) process.stdout.write(`${HELP}\n`);
else if (alias === undefined) usageError('Name the org: npm run setup:org -- <alias>');
else await setUp(alias);

async function setUp(org: string): Promise<void> {
  try {
    const { username, instanceUrl } = display.parse(await sfResult('org', 'display', '--target-org', org));
    const user = options.user ?? username;
    await runSteps([
      { title: `Deploying force-app to ${username} at ${instanceUrl}`, run: () => deploy(org) },
      { title: `Assigning ${FOR_USER.join(', ')} to ${user}`, run: () => assign(org, FOR_USER, user) },
      { title: `Assigning ${FOR_ADMINISTRATOR.join(', ')} to ${username}`, run: () => assign(org, FOR_ADMINISTRATOR, username) },
      ...(options.demoData ? [{ title: 'Loading the demo company', run: () => loadDemoData(org) }] : []),
      { title: 'Running the Apex tests', run: () => runTests(org) },
      { title: 'Checking the connection as the MCP server does', run: () => check(org, instanceUrl) },
    ]);
    process.stderr.write(`\n✓ ${org} is ready. mcp-shim/README.md says how to point your MCP client at it.\n`);
  } catch (error) {
    if (!(error instanceof SfError)) throw error;
    process.stderr.write(`\n✗ ${error.message}\n  Does sf know this org? See sf org list, and sf org login web --alias ${org}\n`);
    process.exitCode = 1;
  }
}

async function deploy(org: string): Promise<number> {
  const sources = await packageSources(org);
  process.stderr.write(keptPolicyText(sources));
  const directories = sources.directories.flatMap((path) => ['--source-dir', path]);
  return sf('project', 'deploy', 'start', ...directories, '--target-org', org, '--wait', '30', '--concise');
}

/** The CLI fails for a permission set that its user has already: only what is missing is assigned. */
async function assign(org: string, names: readonly string[], username: string): Promise<number> {
  const where = `Assignee.Username = ${quoted(username)} AND PermissionSet.Name IN (${names.map(quoted).join(', ')})`;
  const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE ${where}`;
  const { records } = assigned.parse(await sfResult('data', 'query', '--query', soql, '--target-org', org));
  const has = new Set(records.map((record) => record.PermissionSet.Name));
  const missing = names.filter((name) => !has.has(name));
  if (missing.length === 0) return 0;
  return sf('org', 'assign', 'permset', ...missing.flatMap((name) => ['--name', name]), '--on-behalf-of', username, '--target-org', org);
}

/** A second import would double everything, or fail half-way at the org's duplicate rules. */
async function loadDemoData(org: string): Promise<number> {
  const soql = `SELECT Id FROM Account WHERE Name IN (${demoAccounts().map(quoted).join(', ')})`;
  const { totalSize } = counted.parse(await sfResult('data', 'query', '--query', soql, '--target-org', org));
  if (totalSize > 0) {
    process.stderr.write('  Accounts of the demo company are there already: nothing is loaded.\n');
    return 0;
  }
  const plan = copyDataPlan(new Date().toISOString().slice(0, 10));
  try {
    return sf('data', 'import', 'tree', '--plan', plan, '--target-org', org);
  } finally {
    rmSync(dirname(plan), { recursive: true });
  }
}

/** An org's own tests are its own affair: they may take hours, and fail for reasons of theirs. */
function runTests(org: string): number {
  const chosen = testClasses().flatMap((name) => ['--class-names', name]);
  return sf(
    'apex',
    'run',
    'test',
    ...chosen,
    '--wait',
    '30',
    '--code-coverage',
    '--result-format',
    'human',
    '--concise',
    '--target-org',
    org,
  );
}

async function check(org: string, instanceUrl: string): Promise<number> {
  const { accessToken } = token.parse(await sfResult('org', 'auth', 'show-access-token', '--no-prompt', '--target-org', org));
  return runCli(['check'], {
    ...process.env,
    SFDC_INSTANCE_URL: instanceUrl,
    SFDC_ACCESS_TOKEN: accessToken,
    ...(options.commitStage === undefined ? {} : { SFDC_COMMIT_STAGE_NAME: options.commitStage }),
  });
}

/** A text as a literal of SOQL. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function parseCommandLine() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        user: { type: 'string' },
        'demo-data': { type: 'boolean', default: false },
        'commit-stage': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (positionals.length > 1)
      return usageError(`Only one org can be named, but "${positionals.slice(1).join(' ')}" came after ${positionals[0]}.`);
    const { user, help, 'demo-data': demoData, 'commit-stage': commitStage } = values;
    return { alias: positionals[0], options: { user, help, demoData, commitStage } };
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
}

function usageError(message: string): never {
  process.stderr.write(`${message}\nSee npm run setup:org -- --help\n`);
  process.exit(2);
}
