// npm run demo: the whole product on this machine, no Salesforce org needed.
import { once } from 'node:events';
import { join } from 'node:path';
import { buildShim } from '../mcp-shim/build.ts';
import { startLocalOrg } from '../test/local-org/src/org.ts';
import type { StartedOrg } from '../test/local-org/src/org-types.ts';
import { commandLine } from './command-line.ts';
import { bold, dim, progress, say } from './demo/screen.ts';
import { playSession } from './demo/session.ts';
import { BUNDLE, ShimProcess } from './demo/shim-process.ts';
import { ROOT } from './run-command.ts';

const HELP = `npm run demo [-- options]

Starts a local Salesforce org with a demo company, deploys force-app and a customer's own rules to it, and lets
a real MCP client go through a forecast review with the bundled server: pipeline, commits at risk, stale deals, one
fix with its preview, its undo, what the org does not let pass (a validation rule, a write that comes too late, a
field that is hidden from the user), and the audit trail of it all.

  --keep         keep the org running afterwards, to try it from Claude Desktop or any other MCP client
  --port <n>     serve the org on this port (default: a free one)
  --help         this text`;

const KEPT_PORT = 8765;

const PACKAGES = ['force-app/main', 'force-app/crm-access', 'test/local-org/fixtures/customer'].map((path) => join(ROOT, path));

const options = commandLine(HELP, { keep: { type: 'boolean' }, port: { type: 'string' } });
await demo(options.keep ?? false, portOf(options.port));

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  process.stderr.write(`--port takes a number from 0 to 65535, not ${text}\n`);
  process.exit(2);
}

async function demo(keep: boolean, port: number): Promise<void> {
  progress('Building the MCP server');
  await buildShim();
  progress('Starting a local Salesforce org: deploying force-app and the customer’s own package, loading the demo company');
  const started = await startLocalOrg({ port, dataset: 'demo', root: ROOT, packageDirectories: PACKAGES }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    process.stderr.write(
      `Port ${port} cannot be used (${code}): is a demo running already? Choose another with --port, or leave --port out.\n`,
    );
    return undefined;
  });
  if (!started) {
    process.exitCode = 1;
    return;
  }
  const shim = new ShimProcess();
  const restricted = new ShimProcess();
  try {
    progress('Connecting an MCP client to the server over stdio');
    const me = user(started, 'RevOps Integration');
    await shim.connect(started.url, me.token);
    await restricted.connect(started.url, user(started, 'Nina Castellano').token);
    await playSession({ shim, restricted, colleague: colleague(started) });
    await shim.close();
    await restricted.close();
    ending(started, me.token, keep);
    if (keep) await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await shim.close();
    await restricted.close();
    await started.close();
  }
}

function user(started: StartedOrg, name: string): StartedOrg['tokens'][number] {
  const found = started.tokens.find((token) => token.name === name);
  if (!found) throw new Error(`the demo company has no user ${name}`);
  return found;
}

/** Somebody who works in Salesforce itself: a plain REST update, past our service. */
function colleague(started: StartedOrg): { name: string; change(recordId: string, field: string, value: string): Promise<void> } {
  const them = user(started, 'Dana Whitfield');
  return {
    name: 'Dana',
    change: async (recordId, field, value) => {
      const response = await fetch(`${started.url}/services/data/v67.0/sobjects/Opportunity/${recordId}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${them.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ [field]: value }),
      });
      if (!response.ok) throw new Error(`the colleague's change was refused: ${await response.text()}`);
    },
  };
}

function ending(started: StartedOrg, token: string, keep: boolean): void {
  const url = keep ? started.url : `http://127.0.0.1:${KEPT_PORT}`;
  const config = {
    mcpServers: { 'salesforce-revops': { command: 'node', args: [BUNDLE], env: { SFDC_INSTANCE_URL: url, SFDC_ACCESS_TOKEN: token } } },
  };
  say(`\n${bold('Try it yourself')}`);
  if (keep) say(`  The org answers on ${bold(started.url)} until you press Ctrl+C.`);
  else say(`  ${bold(`npm run demo -- --keep --port ${KEPT_PORT}`)} plays this again and keeps the org running.`);
  say('  Claude Desktop: Settings → Developer → Edit Config, then restart it and ask "What is in commit this quarter?"\n');
  say(dim(JSON.stringify(config, null, 2)));
}
