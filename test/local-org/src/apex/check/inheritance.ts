import { platformType } from '../../catalog/platform-types.ts';
import type { Position } from '../parse/ast.ts';
import { typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { attempt } from './context.ts';
import { fail } from './problems.ts';
import type { Program } from './program.ts';
import type { ClassSymbol, MethodSymbol, Visibility } from './symbols.ts';
import { signatureOf } from './symbols.ts';
import { isSubtype } from './type-relations.ts';
import { catalogType } from './type-resolver.ts';

/** Overrides are declared as such, and nothing that a class promised is missing. */
export function checkInheritance(cls: ClassSymbol, program: Program): void {
  attempt(program, cls.unit, () => checkInterfaces(cls, program));
  if (cls.kind !== 'class') return;
  for (const method of [...cls.methods.values()].flat()) attempt(program, cls.unit, () => checkOverride(cls, method));
  attempt(program, cls.unit, () => checkPromises(cls, program));
}

function checkOverride(cls: ClassSymbol, method: MethodSymbol): void {
  const parent = cls.userSuperclass
    ?.methodsNamed(method.name)
    .find((other) => other.signature === method.signature && (other.visibility !== 'private' || sameTopLevel(other.owner, cls)));
  const label = `${typeName(method.returns)} ${typeName(cls.type)}.${method.name}(${method.params.map((param) => typeName(param.type)).join(', ')})`;
  if (method.isOverride) {
    const ofObject = ['tostring()', 'hashcode()', 'equals(object)'].includes(method.signature);
    if (!parent && !ofObject && !inheritsFromPlatform(cls))
      fail(`@Override specified for non-overriding method: ${label}`, method.decl.pos);
  }
  if (!parent || method.isStatic) return;
  if (!parent.isVirtual && !parent.isAbstract && !parent.isOverride)
    fail(`Non-virtual, non-abstract methods cannot be overridden: ${label}`, method.decl.pos);
  if (RANK.indexOf(method.visibility) < RANK.indexOf(parent.visibility) && parent.visibility !== 'global')
    fail(`Cannot reduce the visibility of method: ${label}`, method.decl.pos);
  if (!method.isOverride) fail(`Method must use the override keyword: ${label}`, method.decl.pos);
  if (parent.returns !== method.returns)
    fail(
      `Method return types clash: ${typeName(method.returns)} vs ${typeName(parent.returns)} from the type ${typeName(parent.owner.type)}`,
      method.decl.pos,
    );
}

/** Public and global are one where a method is overridden. */
const RANK: readonly Visibility[] = ['private', 'protected', 'public', 'global'];

/** An interface is named once, and is none of those that it extends. */
function checkInterfaces(cls: ClassSymbol, program: Program): void {
  const twice = cls.interfaces.find((type, index) => cls.interfaces.indexOf(type) !== index);
  if (twice) fail(`Interface already implemented: ${typeName(twice)}`, cls.decl.pos);
  if (cls.kind !== 'interface') return;
  for (const type of cls.interfaces) {
    const kind = type.kind === 'user' ? program.classNamed(type.name)?.kind : platformType(type.name)?.kind;
    if (kind !== 'interface') fail(`Invalid interface: ${typeName(type)}`, cls.decl.pos);
  }
}

/** Classes of one top-level class see each other's private members. */
function sameTopLevel(a: ClassSymbol, b: ClassSymbol): boolean {
  return (a.outer ?? a) === (b.outer ?? b);
}

function inheritsFromPlatform(cls: ClassSymbol): boolean {
  return cls.isException;
}

function checkPromises(cls: ClassSymbol, program: Program): void {
  if (cls.isAbstract) return;
  for (let up: ClassSymbol | null = cls; up; up = up.userSuperclass) {
    for (const method of [...up.methods.values()].flat()) {
      if (method.isAbstract && !cls.implementation(method.signature))
        missing(
          cls,
          method.name,
          method.params.map((param) => param.type),
          method.returns,
          method.owner.type,
          method.decl.pos,
        );
    }
    for (const type of up.interfaces) checkInterface(cls, type, program);
  }
}

function checkInterface(cls: ClassSymbol, type: ApexType, program: Program): void {
  if (type.kind === 'user') {
    const declared = program.classNamed(type.name);
    if (declared?.kind !== 'interface') fail(`Interface expected: ${typeName(type)}`, cls.decl.pos);
    for (const method of [...declared.methods.values()].flat()) {
      const found = cls.implementation(method.signature);
      if (!found)
        missing(
          cls,
          method.name,
          method.params.map((param) => param.type),
          method.returns,
          type,
        );
      if (found.visibility !== 'public' && found.visibility !== 'global') notOpen(cls, found);
    }
    for (const parent of declared.interfaces) checkInterface(cls, parent, program);
    return;
  }
  const known = platformType(type.name);
  if (known?.kind !== 'interface') fail(`Interface expected: ${typeName(type)}`, cls.decl.pos);
  const bindings = new Map(known.typeParams.map((param, index) => [param, type.args[index] ?? catalogType('Object', new Map())]));
  for (const method of [...known.methods.values()].flat()) {
    const params = method.params.map((param) => catalogType(param, bindings));
    const found = cls.implementation(signatureOf(method.name, params, typeName)) ?? ofOtherRecords(cls, method.name, params, program);
    if (found && found.visibility !== 'public' && found.visibility !== 'global') notOpen(cls, found);
    if (!found) missing(cls, method.name, params, catalogType(method.returns, bindings), type);
  }
}

/** A list of accounts will do where a list of records is asked for: `execute(Database.BatchableContext, List<Account>)`. */
function ofOtherRecords(cls: ClassSymbol, name: string, params: readonly ApexType[], program: Program): MethodSymbol | undefined {
  const fits = (type: ApexType, wanted: ApexType | undefined): boolean =>
    wanted !== undefined &&
    (type === wanted || (wanted.args.length > 0 && isSubtype(type, wanted, program) && isSubtype(wanted, type, program)));
  return cls.methodsNamed(name).find((method) => method.params.length === params.length && method.params.every((param, index) => fits(param.type, params[index]))); // prettier-ignore
}

function notOpen(cls: ClassSymbol, method: MethodSymbol): never {
  const params = method.params.map((param) => typeName(param.type)).join(', ');
  return fail(
    `${cls.name}: Overriding implementations of global or public interface methods must be global or public: ${typeName(method.returns)} ${typeName(method.owner.type)}.${method.name}(${params})`,
    cls.decl.pos,
  );
}

function missing(
  cls: ClassSymbol,
  name: string,
  params: readonly ApexType[],
  returns: ApexType,
  promisedBy: ApexType,
  abstractAt?: Position,
): never {
  const which = abstractAt ? 'abstract method' : 'method';
  return fail(
    `Class ${typeName(cls.type)} must implement the ${which}: ${typeName(returns)} ${typeName(promisedBy)}.${name}(${params.map(typeName).join(', ')})`,
    abstractAt ?? cls.decl.pos,
  );
}
