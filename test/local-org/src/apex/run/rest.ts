import type { RestAnswer, RestCall } from '../engine-types.ts';
import type { Annotation } from '../parse/ast.ts';
import type { ClassSymbol, MethodSymbol } from '../check/symbols.ts';
import type { Program } from '../check/program.ts';
import { NotSupported } from '../../errors.ts';
import { openRestContext } from '../platform/System/RestContext.ts';
import type { Interpreter } from './interpreter.ts';

/** No class is mapped to the URL (404), the user may not run it (403), or none of its methods takes the verb (405). */
export class NoRestMethod extends Error {
  readonly status: 403 | 404 | 405;

  constructor(status: 403 | 404 | 405, message: string) {
    super(message);
    this.name = 'NoRestMethod';
    this.status = status;
  }
}

/**
 * Runs the method that a URL and verb are mapped to. The longest mapping wins.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_rest_methods.htm
 */
export function callRest(rt: Interpreter, call: RestCall): RestAnswer {
  const resource = findResource(rt.program, call.path);
  if (!resource) throw new NoRestMethod(404, 'Could not find a match for URL');
  if (!rt.access().mayRunClass(resource.cls.name))
    throw new NoRestMethod(403, `You do not have access to the Apex class named: ${resource.cls.name}`);
  const annotation = `http${call.method.toLowerCase()}`;
  const method = [...resource.cls.methods.values()].flat().find((candidate) => candidate.hasAnnotation(annotation));
  if (!method) throw new NoRestMethod(405, `HTTP Method '${call.method}' not allowed. Allowed are ${allowed(resource.cls).join(',')}`);
  checkShape(method, rt);
  const context = openRestContext(rt, call, `/services/apexrest${resource.mapping}`);
  rt.callMethod(method, null, []);
  return context.answer();
}

function checkShape(method: MethodSymbol, rt: Interpreter): void {
  if (method.params.length > 0 || method.returns.kind !== 'void') {
    throw new NotSupported(`Apex REST methods with parameters or a return value (${method.owner.name}.${method.name})`, rt.location());
  }
}

function findResource(program: Program, path: string): { cls: ClassSymbol; mapping: string } | undefined {
  const matches: { cls: ClassSymbol; mapping: string }[] = [];
  for (const cls of program.classes.values()) {
    const annotation = cls.decl.modifiers.annotations.find((one: Annotation) => one.name === 'restresource');
    const mapping = annotation?.values.get('urlmapping');
    if (mapping !== undefined && fits(mapping, path)) matches.push({ cls, mapping });
  }
  return matches.sort((a, b) => b.mapping.length - a.mapping.length)[0];
}

function fits(mapping: string, path: string): boolean {
  return mapping.endsWith('*') ? path.startsWith(mapping.slice(0, -1)) : path === mapping;
}

function allowed(cls: ClassSymbol): string[] {
  const verbs = [...cls.methods.values()].flat().flatMap((method) => method.annotations.map((annotation) => annotation.name));
  return verbs.filter((name) => name.startsWith('http')).map((name) => name.slice(4).toUpperCase());
}
