// npm run bench: what the server costs in time, memory and tokens, beside its peers, and whether its limits are kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeThisServer } from './bench/judge-this-server.ts';
import { compareServer } from './bench/compare-server.ts';
import { loadLine, thisMachine } from './bench/machine.ts';
import { startOrgProcess } from './bench/org-process.ts';
import { peers } from './bench/peers.ts';
import { isKept } from './bench/limits.ts';
import { reportText } from './bench/report.ts';
import { thisServer } from './bench/this-server.ts';
import { progress, say } from './demo/screen.ts';

const HELP = `npm run bench [-- options]

Measures the bundled server against the local org with its demo company, on this machine, the org in a process of its own: what a call
adds to the same requests made with bare fetch, tokens of tools/list and of 200 rows, start and memory beside a bare Node process.
The most used peers run on the same org in the same run; npm installs them, in exact versions, into a cache under node_modules.

  --no-peers     leaves the peers out: no network, half a minute less
  --help         this text

The table goes to stdout, progress to stderr. Exit code 1 when a limit is broken. Run it on a machine that does nothing else.`;

const USER = 'revops.integration@larkfield.example';

const { values } = parseArgs({ options: { 'no-peers': { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) say(HELP);
else await bench(values['no-peers'] !== true);

async function bench(withPeers: boolean): Promise<void> {
  const machine = thisMachine();
  const loadBefore = machine.load();
  progress('Starting a local Salesforce org in a process of its own');
  const org = await startOrgProcess(USER);
  const folder = await mkdtemp(join(tmpdir(), 'revops-bench-'));
  try {
    const judged = await judgeThisServer(org, folder);
    const compared = [];
    for (const server of withPeers ? [thisServer, ...peers] : []) compared.push(await compareServer(server, org, folder));
    const circumstances = [
      machine.description,
      loadLine(loadBefore, machine.load(), machine.cores),
      'local org, demo company, over 127.0.0.1',
    ];
    const title = `${thisServer.name} ${thisServer.version}, ${new Date().toISOString().slice(0, 10)}`;
    say(reportText({ title, circumstances, judged, compared }));
    if (!judged.every(isKept)) process.exitCode = 1;
  } finally {
    await org.close();
    await rm(folder, { recursive: true, force: true });
  }
}
