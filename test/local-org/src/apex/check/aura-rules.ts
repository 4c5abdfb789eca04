import type { Position } from '../parse/ast.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol, MethodSymbol } from './symbols.ts';

const ENABLED = 'auraenabled';
const MODIFIERS = ['cacheable', 'continuation', 'scope'];

/**
 * What the platform asks of methods that components call. Wording of the messages: own.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_AuraEnabled.htm
 */
export function checkAuraRules(cls: ClassSymbol, program: Program): void {
  const report = (message: string, pos: Position): void => reportProblem(program, cls.unit, message, pos);
  for (const named of cls.methods.values()) {
    const enabled = named.filter((method) => method.hasAnnotation(ENABLED));
    const [, second] = enabled;
    if (second) report(`Overloaded AuraEnabled methods are not allowed: ${second.name}`, second.decl.pos);
    for (const method of enabled) checkMethod(method, report);
  }
}

function checkMethod(method: MethodSymbol, report: (message: string, pos: Position) => void): void {
  const annotation = method.annotations.find(({ name }) => name === ENABLED);
  for (const [name, value] of annotation?.values ?? []) {
    if (!MODIFIERS.includes(name)) report(`Unrecognized AuraEnabled modifier: ${name}`, method.decl.pos);
    if (name === 'continuation' && value.toLowerCase() === 'true')
      report('Not supported by the local org: @AuraEnabled continuation', method.decl.pos);
  }
  if (!method.isStatic) report(`AuraEnabled methods must be static: ${method.name}`, method.decl.pos);
  if (!isOpen(method)) report(`AuraEnabled methods must be public or global: ${method.name}`, method.decl.pos);
}

function isOpen({ visibility }: MethodSymbol): boolean {
  return visibility === 'public' || visibility === 'global';
}

/** Whether a component can call a method of a class, by their names, and if not, why. */
export function remoteMethod(program: Program, className: string, method: string): 'callable' | 'no class' | 'no method' | 'not enabled' {
  const cls = program.classNamed(className);
  if (!cls || cls.outer) return 'no class';
  const named = cls.methods.get(method.toLowerCase()) ?? [];
  // Components name methods with regard to case.
  const same = named.filter(({ name }) => name === method);
  if (same.length === 0) return 'no method';
  return same.some((each) => each.isStatic && isOpen(each) && each.hasAnnotation(ENABLED)) ? 'callable' : 'not enabled';
}
