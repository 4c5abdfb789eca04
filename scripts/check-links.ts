import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parsers } from 'prettier/plugins/markdown';
import { z } from 'zod';
import { ROOT } from './run-command.ts';

/** What is read of the tree that Prettier parses Markdown into: headings, links, images and definitions of links. */
const node = z.looseObject({
  type: z.string(),
  url: z.string().optional(),
  value: z.string().optional(),
  get children() {
    return z.array(node).optional();
  },
  position: z.looseObject({ start: z.looseObject({ line: z.number() }) }).optional(),
});
type Node = z.infer<typeof node>;

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage']);

/** Fails on a link between documents whose file or heading is not there. Addresses on the web are not asked for. */
export async function checkLinks(): Promise<number> {
  const broken = await brokenLinks(ROOT);
  for (const { file, line, problem } of broken) process.stderr.write(`  ${file}:${line} ${problem}\n`);
  return broken.length === 0 ? 0 : 1;
}

export interface BrokenLink {
  /** Path from the root. */
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** The relative links of every Markdown file below a folder that lead nowhere, by file and line. */
export async function brokenLinks(root: string): Promise<BrokenLink[]> {
  const broken: BrokenLink[] = [];
  const files = globSync('**/*.md', { cwd: root, exclude: (path) => LEFT_OUT.has(path.split(/[\\/]/).at(-1) ?? '') });
  for (const file of files.sort()) {
    const path = join(root, file);
    for (const { url, line } of linksOf(await parse(path))) {
      const problem = await whatIsWrong(root, path, url);
      if (problem !== undefined) broken.push({ file, line, problem });
    }
  }
  return broken;
}

async function whatIsWrong(root: string, from: string, url: string): Promise<string | undefined> {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return undefined;
  const [path = '', anchor] = url.split('#', 2).map(decodeURIComponent);
  const target = path === '' ? from : resolve(dirname(from), path);
  if (relative(root, target).startsWith('..')) return `${url} leads out of the repository`;
  if (!existsSync(target)) return `${url}: there is no ${relative(root, target)}`;
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  const anchors = anchorsOf(await parse(target));
  return anchors.has(anchor) ? undefined : `${url}: ${relative(root, target)} has no heading of that name`;
}

async function parse(path: string): Promise<Node> {
  const parser = parsers.markdown;
  return node.parse(await parser.parse(readFileSync(path, 'utf8'), { parser: 'markdown' } as Parameters<typeof parser.parse>[1]));
}

function linksOf(tree: Node): { url: string; line: number }[] {
  return [...nodes(tree)].flatMap(({ type, url, position }) =>
    ['link', 'image', 'definition'].includes(type) && url !== undefined ? [{ url, line: position?.start.line ?? 0 }] : [],
  );
}

/** As GitHub makes them: lower case, blanks as hyphens, no punctuation; a heading that comes again is numbered. */
function anchorsOf(tree: Node): Set<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const heading of nodes(tree)) {
    if (heading.type !== 'heading') continue;
    const text = [...nodes(heading)].map(({ value }) => value ?? '').join('');
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

function* nodes(tree: Node): Generator<Node> {
  yield tree;
  for (const child of tree.children ?? []) yield* nodes(child);
}
