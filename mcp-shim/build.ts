import { chmod, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateToolList } from './generate.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

const inFolder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Desktop hosts start the server for every session, and users download it. */
const maxBytes = 3_000_000;

interface BuildOptions {
  /** Default: dist/main.mjs, which package.json names. */
  outfile?: string;
  /** Writes the generated tool list first. Default: true; tests build the sources as they are. */
  regenerate?: boolean;
}

/**
 * Bundles the server into the one file that users run: no dependencies beside it, Node 20.19 and later.
 * @returns path of the bundle
 */
export async function buildShim({ outfile = inFolder('./dist/main.mjs'), regenerate = true }: BuildOptions = {}): Promise<string> {
  if (regenerate) await generateToolList();
  const { metafile } = await build({
    entryPoints: [inFolder('./src/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    // Stack traces in bug reports stay readable.
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: {
      undici: inFolder('./undici-for-jsforce.ts'),
      ajv: inFolder('./ajv-for-sdk.ts'),
      'ajv-formats': inFolder('./ajv-for-sdk.ts'),
    },
    // Whole licence texts stand in a file of their own.
    legalComments: 'none',
    metafile: true,
    // CommonJS dependencies call require at run time.
    banner: { js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  await chmod(outfile, 0o755);
  await writeFile(join(dirname(outfile), 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(metafile, process.cwd()));
  const { size } = await stat(outfile);
  if (size > maxBytes) throw new Error(`the bundle has ${size} bytes, more than ${maxBytes}: see what was added with esbuild --analyze`);
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildShim());
