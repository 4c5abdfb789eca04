import { createHash } from 'node:crypto';
import { ApexErrorListener, ApexParserFactory, type ApexParser } from '@apexdevtools/apex-parser';
import type { Block, Unit } from './ast.ts';
import { anonymousBlock, triggerDeclaration, typeDeclaration } from './declarations.ts';
import { SyntaxProblem } from './expressions.ts';

export interface SyntaxError {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What a source is, or why it is none. */
export type Parsed<U = Unit> =
  { readonly unit: U; readonly errors: readonly [] } | { readonly unit: null; readonly errors: readonly SyntaxError[] };

class Collector extends ApexErrorListener {
  readonly errors: SyntaxError[] = [];

  override apexSyntaxError(line: number, column: number, msg: string): void {
    this.errors.push({ message: platformWording(msg), line, column: column + 1 });
  }
}

/** ANTLR says `missing ';' at '}'`; the platform says `Missing ';' at '}'`. */
function platformWording(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** Parsed sources by content: a tree depends on nothing but its text, so every org of the process shares them. */
const cache = new Map<string, Parsed>();

/** Parses one class or trigger. */
export function parseSource(source: string, kind: 'class' | 'trigger'): Parsed {
  const key = createHash('sha256').update(kind).update(source).digest('base64');
  const known = cache.get(key);
  if (known) return known;
  const parsed = parse(source, kind);
  cache.set(key, parsed);
  return parsed;
}

/** Parses the block of an execute-anonymous call. */
export function parseAnonymous(source: string): Parsed<Block> {
  return parseWith(source, (parser) => {
    const context = parser.anonymousUnit();
    return () => anonymousBlock(context);
  });
}

function parse(source: string, kind: 'class' | 'trigger'): Parsed {
  return parseWith<Unit>(source, (parser) => {
    if (kind === 'trigger') {
      const context = parser.triggerUnit();
      return () => triggerDeclaration(context);
    }
    const context = parser.compilationUnit();
    return () => typeDeclaration(context.typeDeclaration());
  });
}

/** @param rule runs a rule of the grammar, and answers what makes our own tree of a sound one */
function parseWith<U>(source: string, rule: (parser: ApexParser) => () => U): Parsed<U> {
  const collector = new Collector();
  const { parser } = ApexParserFactory.createLexerAndParser(source, collector);
  const build = rule(parser);
  // The first error is the mistake; what the grammar says after it is mostly confusion.
  if (collector.errors.length > 0) return { unit: null, errors: collector.errors.slice(0, 1) };
  try {
    return { unit: build(), errors: [] };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { unit: null, errors: [{ message: error.message, ...error.pos }] };
    throw error;
  }
}
