import type { Annotation } from '../parse/ast.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol } from './symbols.ts';

/** Annotations that the local org acts on, or that change nothing at run time. */
const KNOWN = new Set([
  'auraenabled',
  'istest',
  'testsetup',
  'testvisible',
  'restresource',
  'httpget',
  'httppost',
  'httpput',
  'httppatch',
  'httpdelete',
  'invocablemethod',
  'invocablevariable',
  'suppresswarnings',
  'deprecated',
]);
/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation.htm */
const OF_THE_PLATFORM = new Set([
  'future', 'jsonaccess', 'namespaceaccessible', 'readonly', 'remoteaction', 'remoteenabled',
]); // prettier-ignore

/** Annotations decide what code does: one that is not known is refused. */
export function checkAnnotations(cls: ClassSymbol, program: Program): void {
  const report = (annotations: readonly Annotation[]): void => {
    for (const { name, pos } of annotations) {
      if (KNOWN.has(name)) continue;
      reportProblem(
        program,
        cls.unit,
        OF_THE_PLATFORM.has(name) ? `Not supported by the local org: @${name}` : `Annotation does not exist: ${name}`,
        pos,
      );
    }
  };
  report(cls.decl.modifiers.annotations);
  if (cls.decl.kind !== 'class') return;
  for (const member of cls.decl.members) {
    if (member.kind !== 'initializer' && member.kind !== 'class' && member.kind !== 'interface' && member.kind !== 'enum')
      report(member.modifiers.annotations);
  }
}
