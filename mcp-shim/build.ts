import { chmod, mkdir, readdir, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateAnswers } from './generate.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

const inFolder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Of all files. Desktop hosts start the server for every session, and users download it. */
const maxBytes = 3_000_000;

interface BuildOptions {
  /** Where earlier builds are replaced. Default: dist, which package.json names. */
  folder?: string;
  /** Writes the generated answers first. Default: true; tests build the sources as they are. */
  regenerate?: boolean;
}

/**
 * Bundles the server into the one folder that users run: no dependencies beside it, Node 20.19 and later. Split, so that a start loads
 * what it needs and nothing else.
 * @returns path of the file to run
 */
export async function buildShim({ folder = inFolder('./dist'), regenerate = true }: BuildOptions = {}): Promise<string> {
  if (regenerate) await generateAnswers();
  const { metafile, outputFiles } = await build({
    entryPoints: [inFolder('./src/main.ts')],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    write: false,
    bundle: true,
    // Not the names: stack traces in bug reports stay readable. esbuild's keepNames would restore them at a cost to every start.
    minifyWhitespace: true,
    minifySyntax: true,
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
  const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  if (bytes > maxBytes) throw new Error(`the bundle has ${bytes} bytes, more than ${maxBytes}: see what was added with esbuild --analyze`);
  await mkdir(folder, { recursive: true });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  await removeOtherModules(folder, new Set(outputFiles.map(({ path }) => basename(path))));
  const main = join(folder, 'main.mjs');
  await chmod(main, 0o755);
  await writeFile(join(folder, 'THIRD_PARTY_NOTICES.txt'), thirdPartyNotices(metafile, process.cwd()));
  return main;
}

/** Parts are named after what they hold: those of an earlier build would stay. */
async function removeOtherModules(folder: string, current: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(folder)).filter((name) => name.endsWith('.mjs') && !current.has(name));
  await Promise.all(others.map((name) => unlink(join(folder, name))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildShim());
