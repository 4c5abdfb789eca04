import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ApexSource } from './engine-types.ts';

/** The API version that every corpus program is compiled as. */
const API_VERSION = 67;

/** A comment that says what the line it stands on must be refused with. */
export interface ExpectedProblem {
  /** Relative to the corpus folder. */
  readonly file: string;
  readonly line: number;
  /** Part of the message. */
  readonly text: string;
}

/** One rule of Apex as a class with `main`, together with the trigger or second class beside it. */
export interface CorpusProgram {
  /** `numbers/integer-division-truncates` */
  readonly name: string;
  readonly className: string;
  readonly sources: readonly ApexSource[];
  /** Absolute path of what the topic's programs need deployed: its folder `package`; null where it has none. */
  readonly packageDirectory: string | null;
  /** What `System.debug` prints, in the order of the text; a line break within a value is written `\n`. */
  readonly debug: readonly string[];
  /** `System.MathException: Divide by 0`, or null where main ends normally. */
  readonly exception: string | null;
  /** Refused by the compiler. */
  readonly problems: readonly ExpectedProblem[];
  /** Refused when it runs. */
  readonly refusals: readonly ExpectedProblem[];
}

/**
 * The programs of the corpus, by name.
 * @throws Error for a program without an expectation, or whose class is not named after its file
 */
export function readCorpus(folder: string): readonly CorpusProgram[] {
  return topics(folder).flatMap((topic) =>
    readdirSync(join(folder, topic))
      .filter((file) => file.endsWith('.cls') && !file.endsWith('.companion.cls'))
      .sort()
      .map((file) => readProgram(folder, `${topic}/${basename(file, '.cls')}`)),
  );
}

function topics(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readProgram(folder: string, name: string): CorpusProgram {
  const className = pascalCase(basename(name));
  const companion = readSource(folder, `${name}.companion.cls`, 'class');
  const main = readSource(folder, `${name}.cls`, 'class', className);
  const trigger = readSource(folder, `${name}.trigger`, 'trigger', `${className}Trigger`);
  if (!main) throw new Error(`${name}.cls cannot be read`);
  const sources = [companion, main, trigger].filter((source) => source !== null);
  const program: CorpusProgram = {
    name,
    className,
    sources,
    packageDirectory: packageOf(join(folder, dirname(name))),
    debug: marked(main, 'expect').map((mark) => mark.text),
    exception: marked(main, 'expect exception')[0]?.text ?? null,
    problems: sources.flatMap((source) => marked(source, 'error')),
    refusals: sources.flatMap((source) => marked(source, 'refused')),
  };
  if (program.debug.length + program.problems.length + program.refusals.length === 0 && program.exception === null) {
    throw new Error(`${name}.cls expects nothing: end a line with "// expect: …", "// error: …" or "// refused: …"`);
  }
  return program;
}

function packageOf(topic: string): string | null {
  const path = join(topic, 'package');
  return existsSync(path) ? path : null;
}

function readSource(folder: string, file: string, kind: ApexSource['kind'], name?: string): ApexSource | null {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  const source = readFileSync(path, 'utf8');
  const declared = new RegExp(`^[\\w ]*\\b${kind} (\\w+)`, 'm').exec(source)?.[1];
  if (declared === undefined) throw new Error(`${file} declares no ${kind}`);
  // A refused program may be refused for its very name.
  if (name !== undefined && declared !== name && !source.includes('// error:')) {
    throw new Error(`${file} must declare the ${kind} ${name}, not ${declared}`);
  }
  return { file, name: name ?? declared, kind, source, apiVersion: API_VERSION };
}

function marked(source: ApexSource, mark: 'expect' | 'expect exception' | 'error' | 'refused'): ExpectedProblem[] {
  const comment = new RegExp(`// ${mark}:(?: (.*))?$`);
  return source.source.split('\n').flatMap((text, index) => {
    const found = comment.exec(text);
    return found ? [{ file: source.file, line: index + 1, text: found[1] ?? '' }] : [];
  });
}

function pascalCase(kebab: string): string {
  return kebab.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
