import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../run-command.ts';

/** Where the org answers, and as whom the servers come. */
export interface OrgAddress {
  readonly url: string;
  readonly username: string;
  readonly token: string;
}

export interface OrgProcess extends OrgAddress {
  close(): Promise<void>;
}

/** The local org with the demo company, in a process of its own: it must not take turns with what is measured. */
export async function startOrgProcess(username: string): Promise<OrgProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'run.mjs'), 'org', 'start', '--port', '0'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
  };
  let printed = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log = (log + chunk).slice(-2_000)));
  const address = await new Promise<OrgAddress>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      const found = readAddress(printed, username);
      if (found) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the local org did not start (exit ${code}):\n${log}${printed}`)));
  });
  return { ...address, close };
}

/** Reads what `npm run org -- start` prints; undefined as long as the URL, the user or the end of the list are missing. */
export function readAddress(printed: string, username: string): OrgAddress | undefined {
  const url = /^Local org: (\S+)$/m.exec(printed)?.[1];
  if (url === undefined || !/^Try: /m.test(printed)) return undefined;
  const row = printed.split('\n').find((line) => line.startsWith(`${username} `));
  const token = row?.trimEnd().split(/\s+/).at(-1);
  if (token === undefined) throw new Error(`the local org has no user ${username}`);
  return { url, username, token };
}
