import { platformType } from '../../../catalog/platform-types.ts';
import type { MethodSignature } from '../../../catalog/platform-types.ts';
import type { Expression } from '../../parse/ast.ts';
import type { NativeMethod, NativeStatic } from '../../platform/types.ts';
import type { Code } from '../../run/frame.ts';
import { ApexObject } from '../../values/apex-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import type { Context } from '../context.ts';
import { pickOverload } from '../overloads.ts';
import { fail, notSupported } from '../problems.ts';
import { isException, isSObject } from '../type-relations.ts';
import { catalogType } from '../type-resolver.ts';
import { coerce } from '../typed.ts';
import type { Typed } from '../typed.ts';
import { ambiguous, methodMissing } from './calls.ts';

type CallExpression = Extract<Expression, { kind: 'call' }>;

interface Candidate {
  readonly owner: string;
  readonly signature: MethodSignature;
  readonly params: readonly ApexType[];
  readonly returns: ApexType;
}

/** `String.isBlank(x)`. Names and signatures from the catalogue, the implementation from platform/. */
export function platformStaticCall(type: ApexType, e: CallExpression, args: readonly Typed[], context: Context): Typed {
  const all = candidatesOf(isSObject(type) ? T.SObject : type, e.name);
  const picked = pickCandidate(all, args, context);
  if (picked === 'ambiguous') return ambiguous(e, args);
  if (!picked)
    return methodMissing(
      e,
      args.map((arg) => arg.type),
      type,
    );
  if (!picked.signature.isStatic) {
    return fail(
      `Non static method cannot be referenced from a static context: ${typeName(picked.returns)} ${typeName(type)}.${picked.signature.name}(${picked.signature.params.join(', ')})`,
      e.pos,
    );
  }
  const run = context.program.platform.static(picked.owner, picked.signature.name, picked.signature.params);
  if (!run) notSupported(`${picked.owner}.${picked.signature.name}(${picked.signature.params.join(', ')})`, e.pos);
  const codes = argumentCodes(picked, args, e, context);
  return { type: picked.returns, code: callStatic(run, codes), ...(returnsRows(picked) ? { isQuery: true } : {}) };
}

function callStatic(run: NativeStatic, codes: readonly Code[]): Code {
  return (f) =>
    run(
      f.rt,
      codes.map((code) => code(f)),
      [],
    );
}

/** `text.contains('x')`; also the methods of Exception on a user exception. */
export function platformCall(target: Typed, e: CallExpression, args: readonly Typed[], context: Context): Typed {
  const type = target.type === T.AggregateResult || target.type.kind === 'sobject' ? T.SObject : target.type;
  const own = candidatesOf(type, e.name);
  const all = own.length === 0 && isException(type, context.program) ? candidatesOf(T.Exception, e.name) : own;
  const picked = pickCandidate(all, args, context);
  if (picked === 'ambiguous') return ambiguous(e, args);
  if (!picked)
    return (
      universal(target, e, args) ??
      methodMissing(
        e,
        args.map((arg) => arg.type),
        target.type,
      )
    );
  if (picked.signature.isStatic)
    fail(
      `Static method cannot be referenced from a non static context: ${typeName(picked.returns)} ${typeName(type)}.${picked.signature.name}`,
      e.pos,
    );
  const codes = argumentCodes(picked, args, e, context);
  const returns = preciseReturn(picked, target.type);
  const run = context.program.platform.method(picked.owner, picked.signature.name, picked.signature.params);
  const { name } = picked.signature;
  if (!run && platformType(picked.owner)?.kind === 'interface') {
    return {
      type: returns,
      code: (f) =>
        f.rt.callInterface(
          target.code(f) ?? f.rt.nullPointer(),
          name,
          codes.map((code) => code(f)),
        ),
    };
  }
  if (!run) return universal(target, e, args) ?? notSupported(`${picked.owner}.${name}(${picked.signature.params.join(', ')})`, e.pos);
  const native = run as NativeMethod<ApexValue>;
  const isInterface = platformType(picked.owner)?.kind === 'interface';
  return {
    type: returns,
    code: (f) => {
      const self = target.code(f) ?? f.rt.nullPointer();
      const values = codes.map((code) => code(f));
      return isInterface && self instanceof ApexObject ? f.rt.callInterface(self, name, values) : native(f.rt, self, values);
    },
  };
}

/** equals, hashCode and toString of any value. */
function universal(target: Typed, e: CallExpression, args: readonly Typed[]): Typed | undefined {
  const name = e.name.toLowerCase();
  const other = args[0];
  if (name === 'equals' && other && args.length === 1)
    return { type: T.Boolean, code: (f) => f.rt.equalsMethod(target.code(f) ?? f.rt.nullPointer(), other.code(f)) };
  if (name === 'hashcode' && args.length === 0)
    return { type: T.Integer, code: (f) => f.rt.hashCode(target.code(f) ?? f.rt.nullPointer()) };
  if (name === 'tostring' && args.length === 0)
    return { type: T.String, code: (f) => f.rt.stringify(target.code(f) ?? f.rt.nullPointer()) };
  return undefined;
}

function candidatesOf(type: ApexType, name: string): Candidate[] {
  const found: Candidate[] = [];
  for (let known = platformType(type.name); known; known = known.superclass === null ? undefined : platformType(known.superclass)) {
    const { name: owner, typeParams } = known;
    const bindings = new Map(typeParams.map((param, index) => [param, type.args[index] ?? T.Object]));
    for (const signature of known.methods.get(name.toLowerCase()) ?? []) {
      found.push({
        owner,
        signature,
        params: signature.params.map((param) => catalogType(param, bindings)),
        returns: catalogType(signature.returns, bindings),
      });
    }
    if (known.kind === 'interface') {
      for (const parent of known.interfaces) found.push(...candidatesOf(catalogType(parent, bindings), name));
    }
  }
  return found;
}

function pickCandidate(all: readonly Candidate[], args: readonly Typed[], context: Context): Candidate | 'ambiguous' | undefined {
  const direct = pickOverload(
    all,
    args.map((arg) => arg.type),
    context.program,
  );
  if (direct || !args.some((arg) => arg.isQuery)) return direct;
  return pickOverload(
    all,
    args.map((arg) => (arg.isQuery ? (arg.type.args[0] ?? T.SObject) : arg.type)),
    context.program,
  );
}

function argumentCodes(picked: Candidate, args: readonly Typed[], e: CallExpression, context: Context): Code[] {
  return args.map((arg, index) => coerce(arg, picked.params[index] ?? arg.type, context, e.pos));
}

function returnsRows(picked: Candidate): boolean {
  return picked.signature.returns.startsWith('Internal.RecordSet');
}

/** The catalogue says SObject where the platform gives back what it was given. */
function preciseReturn(picked: Candidate, target: ApexType): ApexType {
  if (picked.owner === 'SObject' && picked.signature.name === 'clone' && target.kind === 'sobject') return target;
  return picked.returns;
}
