import { T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol } from './symbols.ts';

const HTTP = new Set(['httpget', 'httppost', 'httpput', 'httppatch', 'httpdelete']);

/**
 * What the platform refuses in Apex REST and in annotated methods: Object and untyped maps in signatures, methods that
 * are not global static, classes that are not global.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_rest_methods.htm
 */
export function checkRestRules(cls: ClassSymbol, program: Program): void {
  const resource = cls.decl.modifiers.annotations.find((annotation) => annotation.name === 'restresource');
  if (resource && cls.visibility !== 'global') reportProblem(program, cls.unit, 'RestResource classes must be global', cls.decl.pos);
  for (const method of [...cls.methods.values()].flat()) {
    const http = method.annotations.find((annotation) => HTTP.has(annotation.name));
    if (!http) continue;
    const label = annotationLabel(http.name);
    if (!resource)
      reportProblem(program, cls.unit, `${label} methods must be in a class with the RestResource annotation`, method.decl.pos);
    if (!method.isStatic || method.visibility !== 'global')
      reportProblem(program, cls.unit, `${label} methods must be global and static: ${method.name}`, method.decl.pos);
    for (const param of method.params) {
      if (holdsObject(param.type, program))
        reportProblem(program, cls.unit, `${label} methods do not support parameter type of ${typeName(param.type)}`, method.decl.pos);
    }
    if (holdsObject(method.returns, program))
      reportProblem(program, cls.unit, `${label} methods do not support return type of ${typeName(method.returns)}`, method.decl.pos);
  }
}

function annotationLabel(name: string): string {
  return `Http${name.charAt(4).toUpperCase()}${name.slice(5)}`;
}

function holdsObject(type: ApexType, program: Program, seen = new Set<ApexType>()): boolean {
  if (type === T.Object) return true;
  if (seen.has(type)) return false;
  seen.add(type);
  if (type.args.some((arg) => holdsObject(arg, program, seen))) return true;
  if (type.kind !== 'user') return false;
  const fields = program.classNamed(type.name)?.fields.values() ?? [];
  return [...fields].some((field) => !field.isStatic && holdsObject(field.type, program, seen));
}
