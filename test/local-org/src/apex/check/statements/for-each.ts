import type { Statement } from '../../parse/ast.ts';
import { BREAK, NORMAL, RETURN } from '../../run/frame.ts';
import type { Frame, Step } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexSet } from '../../values/apex-set.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { convert } from '../conversions.ts';
import { checkValue } from '../expressions/check-expression.ts';
import { fail } from '../problems.ts';
import { isSObject, supertypes } from '../type-relations.ts';

type ForEach = Extract<Statement, { kind: 'forEach' }>;

/** Rows a batch of a SOQL loop over lists. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_loops_for_SOQL.htm */
const BATCH = 200;

/** `for (T x : collection)`, the SOQL loop by record and by list among them. */
export function checkForEach(s: ForEach, context: Context, loopBody: (body: Statement | null, context: Context) => Step): Step {
  const iterable = checkValue(s.iterable, context);
  const type = context.type(s.type);
  const batches = iterable.isQuery === true && type.name === 'List' && isSObject(type.args[0] ?? T.Object);
  const element = batches ? type : elementType(iterable.type, context);
  if (!element) fail(`Loop must iterate over collection: ${typeName(iterable.type)}`, s.pos);
  const holder: { value: ApexValue } = { value: null };
  const converted = convert(() => holder.value, element, type, context.program);
  if (!converted) {
    if (iterable.isQuery)
      fail(`Loop variable must be a generic SObject or List or a concrete SObject or List of: ${typeName(element)}`, s.pos);
    fail(`Invalid loop variable type expected ${typeName(element)} was ${typeName(type)}`, s.pos);
  }
  const { slot } = context.scope.declare(s.variable, type, s.pos);
  const body = loopBody(s.body, context);
  return (f) => {
    const collection = iterable.code(f) ?? f.rt.nullPointer();
    for (const item of items(collection, batches, type, f)) {
      f.rt.countStatement();
      holder.value = item;
      f.locals[slot] = converted(f);
      const completion = body(f);
      if (completion === BREAK) break;
      if (completion === RETURN) return RETURN;
    }
    return NORMAL;
  };
}

function elementType(type: ApexType, context: Context): ApexType | undefined {
  if (type.name === 'List' || type.name === 'Set' || type.name === 'Iterable') return type.args[0];
  for (const parent of supertypes(type, context.program)) {
    const found = elementType(parent, context);
    if (found) return found;
  }
  return undefined;
}

function* items(collection: ApexValue, batches: boolean, type: ApexType, f: Frame): Iterable<ApexValue> {
  if (collection instanceof ApexSet) {
    const { members } = collection;
    const { size } = members;
    for (const item of [...members.values()]) {
      yield item;
      if (members.size !== size) modified(f);
    }
  } else if (!(collection instanceof ApexList)) {
    const iterator = f.rt.callInterface(collection, 'iterator', []);
    while (f.rt.callInterface(iterator, 'hasNext', []) === true) yield f.rt.callInterface(iterator, 'next', []);
  } else if (batches) {
    for (let from = 0; from < collection.items.length; from += BATCH)
      yield new ApexList(type.args[0] ?? T.SObject, collection.items.slice(from, from + BATCH));
  } else {
    const size = collection.items.length;
    for (let i = 0; i < collection.items.length; i++) {
      yield collection.items[i] ?? null;
      if (collection.items.length !== size) modified(f);
    }
  }
}

function modified(f: Frame): never {
  return f.rt.throwApex('FinalException', 'Cannot modify a collection while it is being iterated.');
}
