import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { z } from 'zod';

const PackageJson = z.object({ name: z.string().optional(), version: z.string().optional(), license: z.string().optional() });

/** The licences of everything that stands in the bundle: their terms ask that the notice travels with the code. */
export function thirdPartyNotices(metafile: Metafile, folder: string): string {
  const packages = new Map<string, string>();
  for (const input of Object.keys(metafile.inputs)) {
    if (!input.includes('node_modules')) continue;
    const home = packageFolder(resolve(folder, input));
    if (home !== null && !packages.has(home)) packages.set(home, notice(home));
  }
  return [...packages.values()].sort().join(`\n${'-'.repeat(80)}\n\n`);
}

/** The nearest folder above a file whose package.json names a package; inner ones only switch the module type. */
function packageFolder(file: string): string | null {
  for (let at = dirname(file); at !== dirname(at); at = dirname(at)) {
    const manifest = join(at, 'package.json');
    if (existsSync(manifest) && read(manifest).version !== undefined) return at;
  }
  return null;
}

function notice(home: string): string {
  const { name = '', version = '', license = 'see its repository' } = read(join(home, 'package.json'));
  const file = readdirSync(home).find((entry) => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(home, file), 'utf8').trim() : 'The package carries no licence file.'}\n`;
}

function read(manifest: string): z.infer<typeof PackageJson> {
  return PackageJson.parse(JSON.parse(readFileSync(manifest, 'utf8')));
}
