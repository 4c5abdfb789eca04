import type { ClassDecl, FieldDecl, InterfaceDecl, MethodDecl, PropertyDecl } from '../parse/ast.ts';
import { T, typeName } from '../types.ts';
import { platformExceptionClass } from '../run/platform-exceptions.ts';
import { attempt, reportProblem } from './context.ts';
import { fail, notSupported } from './problems.ts';
import type { Program } from './program.ts';
import { checkIdentifier, checkMethodName } from './reserved-words.ts';
import { FieldSymbol, MethodSymbol, signatureOf, visibilityOf } from './symbols.ts';
import type { ClassSymbol, ParameterSymbol } from './symbols.ts';
import { isException } from './type-relations.ts';
import { resolveType } from './type-resolver.ts';

/** Phase 2a: superclasses and interfaces. */
export function linkType(cls: ClassSymbol, program: Program): void {
  const { decl } = cls;
  if (decl.kind === 'enum') return;
  attempt(program, cls.unit, () => {
    cls.interfaces = decl.interfaces.map((ref) => resolveType(ref, program, cls.outer ?? cls));
    if (decl.kind === 'class' && decl.superclass) linkSuperclass(cls, decl, program);
  });
}

/** Namespaces with classes that are there to be extended. */
const EXTENDED: ReadonlySet<string> = new Set([
  'Auth',
  'CartExtension',
  'CommerceTax',
  'CommercePayments',
  'DataSource',
  'RichMessaging',
  'VisualEditor',
]);

function linkSuperclass(cls: ClassSymbol, decl: ClassDecl, program: Program): void {
  if (!decl.superclass) return;
  const type = resolveType(decl.superclass, program, cls.outer ?? cls);
  const user = type.kind === 'user' ? program.classNamed(type.name) : undefined;
  if (user) {
    if (user.kind !== 'class') fail(`Invalid superclass: ${typeName(type)}`, decl.pos);
    if (!user.isVirtual && !user.decl.modifiers.words.has('virtual') && !endsInException(user))
      fail(`Non-virtual and non-abstract type cannot be extended: ${typeName(type)}`, decl.pos);
    for (let up: ClassSymbol | null = user; up; up = up.userSuperclass)
      if (up === cls) fail(`Recursive class inheritance: ${typeName(type)}`, decl.pos);
    cls.superclass = user;
  } else if (type === T.Exception || isException(type, program)) {
    if (type !== T.Exception) fail(`Invalid superclass: ${typeName(type)}`, decl.pos);
    cls.superclass = platformExceptionClass(type);
  } else {
    if (type.kind === 'platform' && EXTENDED.has(type.name.split('.')[0] ?? '') && type.name.includes('.'))
      notSupported(`extending ${typeName(type)}`, decl.pos);
    fail(`Non-virtual and non-abstract type cannot be extended: ${typeName(type)}`, decl.pos);
  }
}

function endsInException(cls: ClassSymbol): boolean {
  return cls.name.endsWith('Exception');
}

/** Interfaces that extend themselves, found when all are linked: whoever walked up them would not end. */
export function checkCircles(cls: ClassSymbol, program: Program): void {
  const reaches = (from: ClassSymbol, seen: Set<ClassSymbol>): boolean =>
    from.interfaces.some((type) => {
      const parent = type.kind === 'user' ? program.classNamed(type.name) : undefined;
      if (!parent || parent === cls) return parent === cls;
      if (seen.has(parent)) return false;
      seen.add(parent);
      return reaches(parent, seen);
    });
  if (reaches(cls, new Set())) reportProblem(program, cls.unit, `Circular definition: ${typeName(cls.type)}`, cls.decl.pos);
}

/** Phase 2b: members with their types. Superclasses come first, because slots continue theirs. */
export function declareMembers(cls: ClassSymbol, program: Program, done: Set<ClassSymbol>): void {
  if (done.has(cls)) return;
  done.add(cls);
  const parent = cls.userSuperclass;
  if (parent) declareMembers(parent, program, done);
  cls.slots = parent?.slots ?? 0;
  const { decl } = cls;
  if (decl.kind === 'class') declareClassMembers(cls, decl, program);
  if (decl.kind === 'interface') declareInterfaceMethods(cls, decl, program);
  if (!cls.isException && cls.kind === 'class' && cls.name.toLowerCase().endsWith('exception'))
    reportProblem(program, cls.unit, `Exception class must extend another Exception class: ${cls.type.name}`, decl.pos);
  if (cls.isException && !cls.name.endsWith('Exception'))
    reportProblem(program, cls.unit, `Classes extending Exception must have a name ending in Exception: ${cls.name}`, decl.pos);
}

function declareClassMembers(cls: ClassSymbol, decl: ClassDecl, program: Program): void {
  for (const member of decl.members) {
    attempt(program, cls.unit, () => {
      if (member.kind === 'field' || member.kind === 'property') declareField(cls, member, program);
      if (member.kind === 'method') declareMethod(cls, member, program, false);
      if (member.kind === 'constructor') {
        if (member.name.toLowerCase() !== cls.name.toLowerCase()) fail(`Invalid constructor name: ${member.name}`, member.pos);
        const params = parameters(member.params, cls, program);
        const { words, annotations } = member.modifiers;
        if (cls.constructors.some((other) => sameTypes(other.params, params))) fail(`Constructor already defined: ${cls.name}`, member.pos);
        cls.constructors.push({
          owner: cls,
          params,
          visibility: visibilityOf(words),
          testVisible: hasTestVisible(annotations),
          decl: member,
          routine: null,
        });
      }
    });
  }
  if (cls.constructors.length === 0 && !cls.isException) {
    cls.constructors.push({ owner: cls, params: [], visibility: 'public', testVisible: false, decl: null, routine: null });
  }
}

function hasTestVisible(annotations: readonly { readonly name: string }[]): boolean {
  return annotations.some((annotation) => annotation.name === 'testvisible');
}

function sameTypes(a: readonly ParameterSymbol[], b: readonly ParameterSymbol[]): boolean {
  return a.length === b.length && a.every((param, index) => param.type === b[index]?.type);
}

function declareField(cls: ClassSymbol, member: FieldDecl | PropertyDecl, program: Program): void {
  checkIdentifier(member.name, member.pos, cls.unit, program);
  const { words, annotations } = member.modifiers;
  const key = member.name.toLowerCase();
  if (cls.fields.has(key)) fail(`Duplicate field: ${member.name}`, member.pos);
  const isStatic = words.has('static');
  if (isStatic && cls.outer) fail('static can only be used on fields of a top level type', member.pos);
  const field = new FieldSymbol({
    owner: cls,
    name: member.name,
    type: resolveType(member.type, program, cls),
    isStatic,
    isFinal: words.has('final'),
    isTransient: words.has('transient'),
    visibility: visibilityOf(words),
    testVisible: hasTestVisible(annotations),
    slot: isStatic ? cls.staticSlots++ : cls.slots++,
    decl: member,
  });
  cls.fields.set(key, field);
}

function declareInterfaceMethods(cls: ClassSymbol, decl: InterfaceDecl, program: Program): void {
  for (const method of decl.methods) attempt(program, cls.unit, () => declareMethod(cls, method, program, true));
}

function declareMethod(cls: ClassSymbol, decl: MethodDecl, program: Program, inInterface: boolean): void {
  checkMethodName(decl.name, decl.pos, cls.unit, program);
  const { words, annotations } = decl.modifiers;
  const params = parameters(decl.params, cls, program);
  const returns = decl.returns ? resolveType(decl.returns, program, cls) : T.void;
  const isAbstract = inInterface || words.has('abstract');
  if (!decl.body && !isAbstract) fail(`Method must have a body: ${decl.name}`, decl.pos);
  if (decl.body && isAbstract) fail(`Abstract methods cannot have a body: ${decl.name}`, decl.pos);
  if (!inInterface && isAbstract && !cls.isAbstract) fail(`Abstract methods are only allowed in abstract classes: ${decl.name}`, decl.pos);
  if (words.has('static') && cls.outer) fail('static can only be used on methods of a top level type', decl.pos);
  const signature = signatureOf(
    decl.name,
    params.map((param) => param.type),
    typeName,
  );
  const method = new MethodSymbol({
    owner: cls,
    name: decl.name,
    params,
    returns,
    isStatic: words.has('static'),
    isAbstract,
    isVirtual: words.has('virtual') || inInterface,
    isOverride: words.has('override'),
    visibility: inInterface ? 'public' : visibilityOf(words),
    testVisible: hasTestVisible(annotations),
    annotations,
    decl,
    signature,
  });
  const key = decl.name.toLowerCase();
  const overloads = cls.methods.get(key) ?? [];
  if (overloads.some((other) => other.signature === signature))
    fail(
      `Method already defined: ${typeName(returns)} ${cls.name}.${decl.name}(${params.map((p) => typeName(p.type)).join(', ')})`,
      decl.pos,
    );
  cls.methods.set(key, [...overloads, method]);
}

function parameters(list: MethodDecl['params'], cls: ClassSymbol, program: Program): ParameterSymbol[] {
  return list.map((param) => {
    checkIdentifier(param.name, param.pos, cls.unit, program);
    return { name: param.name, type: resolveType(param.type, program, cls), isFinal: param.isFinal };
  });
}
