import type { ObjectEquality } from '../values/equality.ts';
import { identityKey, keyOf } from '../values/equality.ts';
import type { ObjectOrder } from '../values/compare.ts';
import type { ObjectText } from '../values/stringify.ts';
import { typeName } from '../types.ts';
import { ApexObject } from '../values/apex-object.ts';
import type { ApexValue } from '../values/values.ts';
import { callInterfaceMethod, declaresMethod } from './call-interface.ts';
import type { Interpreter } from './interpreter.ts';

/** Equality, order and text of guest objects, by their own `equals`, `hashCode`, `compareTo` and `toString`. */
export class ObjectBehaviour implements ObjectEquality, ObjectOrder, ObjectText {
  private readonly rt: Interpreter;
  /** Objects met as keys, by hash code, so that equal ones get one key. */
  private readonly keyed = new Map<number, { object: ApexObject; key: string }[]>();

  constructor(rt: Interpreter) {
    this.rt = rt;
  }

  equals(a: ApexObject, b: ApexValue): boolean {
    if (a === b) return true;
    return declaresMethod(a, 'equals', 1) && callInterfaceMethod(this.rt, a, 'equals', [b]) === true;
  }

  keyOf(object: ApexObject): string {
    if (!declaresMethod(object, 'equals', 1) || !declaresMethod(object, 'hashCode', 0)) return identityKey(object);
    const hash = Number(callInterfaceMethod(this.rt, object, 'hashCode', []));
    const bucket = this.keyed.get(hash) ?? [];
    this.keyed.set(hash, bucket);
    const known = bucket.find((entry) => this.equals(entry.object, object));
    if (known) return known.key;
    const key = identityKey(object);
    bucket.push({ object, key });
    return key;
  }

  compareObjects(a: ApexObject, b: ApexValue): number {
    if (!declaresMethod(a, 'compareTo', 1)) return this.incomparable(a, b);
    return Number(callInterfaceMethod(this.rt, a, 'compareTo', [b]));
  }

  incomparable(a: ApexValue, _b: ApexValue): never {
    return this.rt.throwApex('ListException', `One or more of the items in this list is not Comparable: ${typeName(this.rt.typeOf(a))}`);
  }

  ofObject(object: ApexObject): string {
    if (declaresMethod(object, 'toString', 0)) return this.rt.concatText(callInterfaceMethod(this.rt, object, 'toString', []));
    const fields = this.rt
      .fieldsOf(object.class.type)
      .map((field) => `${field.name}=${this.rt.stringify(object.fields[field.slot] ?? null)}`);
    const simple = object.class.type.name.split('.').at(-1) ?? object.class.type.name;
    return `${simple}:[${fields.join(', ')}]`;
  }

  hashCode(value: ApexValue): ApexValue {
    if (value instanceof ApexObject && declaresMethod(value, 'hashCode', 0)) return callInterfaceMethod(this.rt, value, 'hashCode', []);
    let hash = 0;
    for (const char of keyOf(value, this)) hash = (Math.imul(31, hash) + (char.codePointAt(0) ?? 0)) | 0;
    return hash;
  }
}
