import type { AnnotationContext, ModifierContext } from '@apexdevtools/apex-parser';
import { annotationProblem } from './annotation-names.ts';
import type { Annotation, Modifiers } from './ast.ts';
import { SyntaxProblem } from './expressions.ts';
import { unquote } from './string-literal.ts';
import { positionOf } from './type-refs.ts';

const WORDS = [
  'public',
  'private',
  'protected',
  'global',
  'static',
  'abstract',
  'virtual',
  'override',
  'final',
  'transient',
  'testmethod',
  'webservice',
] as const;

/** At most one of them stands on a declaration. */
const SCOPES: ReadonlySet<string> = new Set(['public', 'private', 'protected', 'global']);

/** The modifiers of a type or a member, as often as each may stand there. */
export function modifiers(contexts: readonly ModifierContext[]): Modifiers {
  const words = new Set<(typeof WORDS)[number]>();
  const annotations: Annotation[] = [];
  let sharing: Modifiers['sharing'] = null;
  for (const context of contexts) {
    const found = context.annotation();
    if (found) {
      annotations.push(annotation(found));
      continue;
    }
    if (context.SHARING()) {
      if (sharing !== null) throw new SyntaxProblem(`Duplicate modifier: ${written(context)}`, positionOf(context));
      sharing = context.WITH() ? 'with' : context.WITHOUT() ? 'without' : 'inherited';
      continue;
    }
    const text = context.getText().toLowerCase();
    const word = WORDS.find((known) => known === text);
    if (word === undefined) throw new SyntaxProblem(`Unexpected token '${text}'.`, positionOf(context));
    if (words.has(word)) throw new SyntaxProblem(`Duplicate modifier: ${word}`, positionOf(context));
    if (SCOPES.has(word) && [...words].some((other) => SCOPES.has(other)))
      throw new SyntaxProblem('Declarations can only have one scope', positionOf(context));
    words.add(word);
  }
  return { words, sharing, annotations };
}

/** `final` and @SuppressWarnings are all that a variable or a parameter can have. */
export function localModifiers(contexts: readonly ModifierContext[], what: 'locals' | 'parameters'): { readonly isFinal: boolean } {
  const { words, sharing, annotations } = modifiers(contexts);
  const [first] = contexts;
  const word = [...words].find((each) => each !== 'final') ?? (sharing === null ? undefined : `${sharing} sharing`);
  if (first && word !== undefined) throw new SyntaxProblem(`${word} is not allowed on ${what}`, positionOf(first));
  for (const { name, pos } of annotations) {
    if (name !== 'suppresswarnings') throw new SyntaxProblem(annotationProblem(name, what), pos);
  }
  return { isFinal: words.has('final') };
}

function written(context: ModifierContext): string {
  return (context.children ?? []).map((child) => child.getText()).join(' ').toLowerCase(); // prettier-ignore
}

function annotation(c: AnnotationContext): Annotation {
  const values = new Map<string, string>();
  for (const pair of c.elementValuePairs()?.elementValuePair_list() ?? [])
    values.set(pair.id().getText().toLowerCase(), plain(pair.elementValue().getText()));
  const single = c.elementValue();
  if (single) values.set('value', plain(single.getText()));
  return { pos: positionOf(c), name: c.id().getText().toLowerCase(), values };
}

function plain(text: string): string {
  return text.startsWith("'") ? unquote(text) : text.toLowerCase();
}
