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
  if (resource)
    for (const message of urlProblems(resource.values.get('urlmapping'))) reportProblem(program, cls.unit, message, resource.pos);
  const seen = new Set<string>();
  for (const method of [...cls.methods.values()].flat()) {
    const http = method.annotations.find((annotation) => HTTP.has(annotation.name));
    if (!http) continue;
    const label = annotationLabel(http.name);
    if (seen.has(http.name)) reportProblem(program, cls.unit, `Only one method per type can be defined with: ${label}`, method.decl.pos);
    seen.add(http.name);
    if (method.params.length > 0 && (http.name === 'httpget' || http.name === 'httpdelete'))
      reportProblem(program, cls.unit, `${label} methods do not support parameters`, method.decl.pos);
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

/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_rest_resource.htm */
function urlProblems(url: string | undefined): string[] {
  if (url === undefined) return ['Required property is missing: urlMapping'];
  if (url === '') return ['Rest Resource url cannot be empty'];
  if (!url.startsWith('/')) return ["Rest Resource url must begin with a forward slash, '/'"];
  if (url.length > 255) return ['Rest Resource url cannot be longer than 255 characters'];
  if (/[^/]\*/.test(url)) return ["Rest Resource url wildcard, '*', must be preceded by a forward slash, '/'"];
  return /\*[^/]/.test(url) ? ["Rest Resource url wildcard, '*', must be followed by a forward slash, '/', or be the last character"] : [];
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
