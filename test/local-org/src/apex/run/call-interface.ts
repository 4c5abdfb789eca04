import { ClassSymbol } from '../check/symbols.ts';
import { NotSupported } from '../../errors.ts';
import type { NativeMethod } from '../platform/types.ts';
import { typeName } from '../types.ts';
import { ApexObject } from '../values/apex-object.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** Calls a method by name and number of arguments: what `Comparable`, `Iterator`, `Iterable` and `equals` come to. */
export function callInterfaceMethod(rt: Interpreter, self: ApexValue, name: string, args: readonly ApexValue[]): ApexValue {
  if (self === null) return rt.nullPointer();
  if (self instanceof ApexObject && self.class instanceof ClassSymbol) {
    const candidates = self.class.methodsNamed(name).filter((method) => method.params.length === args.length && !method.isStatic);
    const fitting =
      candidates.find((method) =>
        method.params.every((param, index) => args[index] === null || rt.isInstance(args[index] ?? null, param.type)),
      ) ?? candidates[0];
    if (fitting) return rt.callVirtual(self, fitting.signature, args);
  }
  const type = rt.typeOf(self);
  const table = rt.program.platform.class(type.name)?.methods ?? {};
  const entry = Object.entries(table).find(
    ([key]) => key.toLowerCase().startsWith(`${name.toLowerCase()}(`) || key.toLowerCase() === `${name.toLowerCase()}/${args.length}`,
  );
  if (!entry) throw new NotSupported(`${typeName(type)}.${name}`, rt.location());
  return (entry[1] as NativeMethod<ApexValue>)(rt, self, args);
}

/** True where the object's class declares the method itself or inherits it from guest code. */
export function declaresMethod(object: ApexObject, name: string, arity: number): boolean {
  return (
    object.class instanceof ClassSymbol &&
    object.class.methodsNamed(name).some((method) => method.params.length === arity && !method.isStatic)
  );
}
