import { annotationName, annotationProblem } from '../parse/annotation-names.ts';
import type { Annotation, Member, Modifiers } from '../parse/ast.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol } from './symbols.ts';

/** What a declaration is to a modifier, in the words of the compiler. */
export type Declared = 'classes' | 'interfaces' | 'enums' | 'methods' | 'constructors' | 'fields' | 'properties' | 'accessors';

interface Rule {
  readonly on: readonly Declared[];
  /** The properties that it takes, where another check does not know them better. */
  readonly properties?: readonly string[];
}

const TYPES: readonly Declared[] = ['classes', 'interfaces', 'enums'];
const METHODS: Rule = { on: ['methods'], properties: [] };
const ANYWHERE: readonly Declared[] = [...TYPES, 'methods', 'constructors', 'fields', 'properties'];

/**
 * Annotations that the local org acts on, or that change nothing at run time, and where they may stand.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation.htm
 */
const KNOWN: Readonly<Record<string, Rule>> = {
  auraenabled: { on: ['methods', 'fields', 'properties'] },
  deprecated: { on: ANYWHERE, properties: [] },
  httpdelete: METHODS,
  httpget: METHODS,
  httppatch: METHODS,
  httppost: METHODS,
  httpput: METHODS,
  invocablemethod: { on: ['methods'] },
  invocablevariable: { on: ['fields', 'properties'] },
  istest: { on: ['classes', 'methods'], properties: ['critical', 'isparallel', 'oninstall', 'seealldata', 'testfor'] },
  restresource: { on: ['classes'], properties: ['urlmapping'] },
  suppresswarnings: { on: ANYWHERE, properties: ['value'] },
  testsetup: METHODS,
  testvisible: { on: ANYWHERE, properties: [] },
};

/** Properties that change what a test sees or when it runs. */
const UNSUPPORTED: readonly string[] = ['IsTest.seealldata', 'IsTest.oninstall'];

/** Annotations decide what code does: one that is not known, or that stands where it means nothing, is refused. */
export function checkAnnotations(cls: ClassSymbol, program: Program): void {
  for (const { modifiers, what } of annotated(cls)) {
    for (const annotation of modifiers.annotations) {
      const message = problemOf(annotation, what, cls.outer !== null);
      if (message !== null) reportProblem(program, cls.unit, message, annotation.pos);
    }
  }
}

function problemOf({ name, values }: Annotation, what: Declared, isInner: boolean): string | null {
  const rule = KNOWN[name];
  const spelled = annotationName(name);
  if (!rule || spelled === undefined) return spelled === undefined ? annotationProblem(name, what) : `Not supported by the local org: @${name}`; // prettier-ignore
  if (!rule.on.includes(what)) return annotationProblem(name, what);
  if (isInner && name === 'istest' && what === 'classes') return 'IsTest can only be used on a top level type';
  for (const [property, value] of values) {
    if (rule.properties && !rule.properties.includes(property))
      return `No such property, ${property}, defined on this annotation: ${spelled}`;
    if (UNSUPPORTED.includes(`${spelled}.${property}`) && value.toLowerCase() === 'true')
      return `Not supported by the local org: @${spelled}(${property}=true)`;
  }
  return null;
}

/** A type and its own members, with what stands on them. */
export function annotated({
  decl,
}: ClassSymbol): { readonly modifiers: Modifiers; readonly what: Declared; readonly member: Member | null }[] {
  const own = { modifiers: decl.modifiers, what: decl.kind === 'class' ? 'classes' : decl.kind === 'interface' ? 'interfaces' : 'enums', member: null } as const; // prettier-ignore
  if (decl.kind === 'interface') return [own, ...decl.methods.map((member) => ({ modifiers: member.modifiers, what: 'methods' as const, member }))]; // prettier-ignore
  if (decl.kind === 'enum') return [own];
  return [own, ...decl.members.flatMap(ofMember)];
}

function ofMember(member: Member): { modifiers: Modifiers; what: Declared; member: Member }[] {
  switch (member.kind) {
    case 'method':
      return [{ modifiers: member.modifiers, what: 'methods', member }];
    case 'constructor':
      return [{ modifiers: member.modifiers, what: 'constructors', member }];
    case 'field':
      return [{ modifiers: member.modifiers, what: 'fields', member }];
    case 'property':
      return [
        { modifiers: member.modifiers, what: 'properties', member },
        ...[member.getter, member.setter].flatMap((accessor) =>
          accessor ? [{ modifiers: accessor.modifiers, what: 'accessors' as const, member }] : [],
        ),
      ];
    default:
      return [];
  }
}
