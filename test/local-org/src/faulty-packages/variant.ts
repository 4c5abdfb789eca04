/** One mistake in a sound package, in metadata format, and how a deploy must tell it. */
export interface Variant {
  /** What is wrong, as a clause. */
  readonly name: string;
  /** The file in which the mistake is made: `classes/IsoTime.cls`. */
  readonly file: string;
  /** Text that stands there, the first time; null where the file is taken away. */
  readonly from: string | null;
  readonly to: string;
  /** Where the file lies instead, if the mistake is its place. */
  readonly movedTo?: string;
  /** `ApexClass IsoTime` */
  readonly component: string;
  /** Where it is told: text, in this file or in `in`, that begins at the line and column. */
  readonly at: string;
  readonly in?: string;
  /** What the message must say. */
  readonly message: string;
}

/** The files with the mistake in them. @throws where the text is not there: the package has changed, the variant must too */
export function withMistake(files: Readonly<Record<string, string>>, { name, file, from, to, movedTo }: Variant): Record<string, string> {
  const text = files[file];
  if (text === undefined) throw new Error(`${name}: the package has no file ${file}`);
  if (from === null) return Object.fromEntries(Object.entries(files).filter(([each]) => each !== file));
  if (!text.includes(from)) throw new Error(`${name}: ${file} does not hold ${from}`);
  const others = Object.fromEntries(Object.entries(files).filter(([each]) => each !== file));
  return { ...others, [movedTo ?? file]: text.replace(from, () => to) };
}

/** The file in which a variant must be told. */
export function toldIn(variant: Variant): string {
  return variant.in ?? variant.movedTo ?? variant.file;
}

/** The line and column at which a variant must be told, from 1. */
export function placeOf(files: Readonly<Record<string, string>>, variant: Variant): { line: number; column: number } {
  const file = toldIn(variant);
  const text = files[file] ?? '';
  const index = text.indexOf(variant.at);
  if (index < 0) throw new Error(`${variant.name}: ${file} does not hold ${variant.at}`);
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
