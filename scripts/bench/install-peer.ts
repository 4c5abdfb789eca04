import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from '../run-command.ts';

const Manifest = z.object({ version: z.string() });

/**
 * Installs exactly this version into a cache under node_modules, unless it is there; install scripts do not run.
 * @returns the folder that holds its node_modules
 * @throws Error with npm's own words, as without a network
 */
export async function installPeer(name: string, version: string): Promise<string> {
  const folder = join(ROOT, 'node_modules', '.cache', 'bench-peers', `${name.replace('@', '').replace('/', '-')}-${version}`);
  const manifest = join(folder, 'node_modules', name, 'package.json');
  if (existsSync(manifest) && Manifest.parse(JSON.parse(await readFile(manifest, 'utf8'))).version === version) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const windows = process.platform === 'win32';
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)(windows ? 'npm.cmd' : 'npm', args, { cwd: folder, shell: windows });
  return folder;
}
