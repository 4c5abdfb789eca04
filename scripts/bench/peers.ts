import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Contender } from './contender.ts';
import { installPeer } from './install-peer.ts';
import type { OrgAddress } from './org-process.ts';
import { toSoql } from './sample-query.ts';

const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);

/**
 * The most used community server. Of its logins, client credentials always take https on port 443 and the password login takes SOAP,
 * which the local org does not speak; what remains is to read `sf org display`, on every tool call.
 */
const tsmztech: Contender = {
  name: '@tsmztech/mcp-server-salesforce',
  version: '0.0.6',
  note:
    'logs in through the sf CLI on every call; a stand-in that prints a ready answer took its place, so the figures hold the start of ' +
    'a shell, not the CLI’s own time (most of a second)',
  async prepare(org, folder) {
    const installed = await installPeer(this.name, this.version);
    const bin = join(folder, 'bin');
    await putStandInCli(bin, org);
    return {
      command: {
        args: [join(installed, 'node_modules', this.name, 'dist', 'index.js')],
        env: { PATH: [bin, path].join(delimiter), HOME: folder, SALESFORCE_CONNECTION_TYPE: 'Salesforce_CLI' },
        cwd: folder,
      },
    };
  },
  query: ({ object, fields, orderBy, limit }) => ({
    name: 'salesforce_query_records',
    arguments: { objectName: object, fields, orderBy, limit },
  }),
};

/** Salesforce's own developer server, with the one toolset that can query. It finds the org in the store of the sf CLI. */
const salesforceDx: Contender = {
  name: '@salesforce/mcp',
  version: '0.30.15',
  note: 'with --toolsets data, the only one with a query; its login was written by the library that it ships (@salesforce/core)',
  async prepare(org, folder) {
    const installed = await installPeer(this.name, this.version);
    const entry = join(installed, 'node_modules', this.name, 'bin', 'run.js');
    const env = {
      PATH: path,
      HOME: folder,
      SF_DISABLE_TELEMETRY: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
    const args = [entry, '--orgs', org.username, '--toolsets', 'data', '--no-telemetry'];
    const command = { args, env: { ...env, SF_SKIP_NEW_VERSION_CHECK: 'true', SF_AUTOUPDATE_DISABLE: 'true' }, cwd: folder };
    try {
      const logIn = join(import.meta.dirname, 'log-in-with-core.mjs');
      await promisify(execFile)(process.execPath, [logIn, entry, org.url], { env: { ...env, SF_ACCESS_TOKEN: org.token } });
      return { command };
    } catch (error) {
      return { command, problem: `its login refused the local org: ${error instanceof Error ? error.message : String(error)}` };
    }
  },
  query: (sample, org, folder) => ({
    name: 'run_soql_query',
    arguments: { query: toSoql(sample), usernameOrAlias: org.username, directory: folder, useToolingApi: false },
  }),
};

export const peers: readonly Contender[] = [tsmztech, salesforceDx];

/** An `sf` that answers every command with one ready text. */
async function putStandInCli(bin: string, { url, token, username }: OrgAddress): Promise<void> {
  const answer = { status: 0, result: { instanceUrl: url, accessToken: token, username }, warnings: [] };
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'sf.json'), JSON.stringify(answer), { mode: 0o600 });
  await writeFile(join(bin, 'sf'), '#!/bin/sh\ncat "$0.json"\n');
  await chmod(join(bin, 'sf'), 0o755);
  await writeFile(join(bin, 'sf.cmd'), '@type "%~dp0sf.json"\r\n');
}
