import { platformType } from '../../../catalog/platform-types.ts';
import type { Expression } from '../../parse/ast.ts';
import type { Code } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { pickOverload } from '../overloads.ts';
import { fail, notSupported } from '../problems.ts';
import type { ClassSymbol, ConstructorSymbol } from '../symbols.ts';
import { isException, isSObject } from '../type-relations.ts';
import { catalogType } from '../type-resolver.ts';
import { coerce } from '../typed.ts';
import type { Typed } from '../typed.ts';
import { writeable } from './assignment.ts';
import { checkValue } from './check-expression.ts';
import { mayAccess } from './class-fields.ts';
import { objectOf, sobjectTarget } from './sobject-fields.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

export function checkNew(e: Of<'new'>, context: Context): Typed {
  const type = context.type(e.type);
  if (isSObject(type) && type !== T.SObject) return newRecord(type, e, context);
  const args = e.args.map((arg) => checkValue(arg, context));
  if (type.kind === 'user') return newInstance(type, args, e, context);
  return newPlatform(type, args, e, context);
}

/** `new Account(Name = 'Acme')` */
function newRecord(type: ApexType, e: Of<'new'>, context: Context): Typed {
  const object = objectOf(type, e.pos, context);
  const seen = new Set<string>();
  const assignments = e.args.map((arg) => {
    if (arg.kind !== 'assign' || arg.operator !== '=' || arg.target.kind !== 'name')
      fail('sObject constructors take named arguments: Field = value', arg.pos);
    const name = arg.target.name.toLowerCase();
    if (seen.has(name)) fail(`Duplicate field initialization: ${arg.target.name}`, arg.pos);
    seen.add(name);
    const target = writeable(
      sobjectTarget(
        { type, code: () => null },
        arg.target.name,
        arg.target.pos,
        context,
        `Field does not exist: ${arg.target.name} on ${object.name}`,
      ),
      arg.target.pos,
    );
    return { target, value: coerce(checkValue(arg.value, context), target.type, context, arg.pos) };
  });
  return {
    type,
    code: (f) => {
      const record = new SObjectValue(object);
      for (const { target, value } of assignments) {
        target.write(f, record, null, value(f));
      }
      return record;
    },
  };
}

function newInstance(type: ApexType, args: readonly Typed[], e: Of<'new'>, context: Context): Typed {
  const cls = context.program.classNamed(type.name);
  if (!cls || cls.kind !== 'class') fail(`Type cannot be constructed: ${typeName(type)}`, e.pos);
  if (cls.isAbstract) fail(`Abstract classes cannot be constructed: ${typeName(type)}`, e.pos);
  return { type, code: constructorCall(cls, args, e, context) };
}

/** Code that makes an instance by the constructor that the arguments pick. */
function constructorCall(cls: ClassSymbol, args: readonly Typed[], e: Of<'new'>, context: Context): Code {
  const picked = pickConstructor(cls, args, e, context);
  if (picked === 'exception') {
    const codes = args.map((arg) => arg.code);
    return (f) =>
      f.rt.newException(
        cls,
        codes.map((code) => code(f)),
      );
  }
  const codes = coerceArguments(picked, args, e, context);
  return (f) =>
    f.rt.instantiate(
      picked,
      codes.map((code) => code(f)),
    );
}

export function pickConstructor(
  cls: ClassSymbol,
  args: readonly Typed[],
  at: Pick<Expression, 'pos'>,
  context: Context,
): ConstructorSymbol | 'exception' {
  const types = args.map((arg) => arg.type);
  const candidates = cls.constructors.map((symbol) => ({ symbol, params: symbol.params.map((param) => param.type) }));
  const picked = pickOverload(candidates, types, context.program);
  if (picked === 'ambiguous')
    fail(`Ambiguous constructor signature: [${cls.type.name}].<Constructor>(${types.map(typeName).join(', ')})`, at.pos);
  const found = picked?.symbol;
  if (!found) {
    if (isException(cls.type, context.program) && isBuiltInExceptionCall(types, context)) return 'exception';
    fail(`Constructor not defined: [${cls.type.name}].<Constructor>(${types.map(typeName).join(', ')})`, at.pos);
  }
  if (!mayAccess(found, context))
    fail(`Constructor is not visible: [${cls.type.name}].<Constructor>(${types.map(typeName).join(', ')})`, at.pos);
  return found;
}

/** Every exception class has (), (String), (Exception) and (String, Exception) unless it declares its own. */
function isBuiltInExceptionCall(types: readonly ApexType[], context: Context): boolean {
  const fits = (type: ApexType | undefined, wanted: 'message' | 'cause'): boolean =>
    type !== undefined && (type.kind === 'null' || (wanted === 'message' ? type === T.String : isException(type, context.program)));
  if (types.length === 0) return true;
  if (types.length === 1) return fits(types[0], 'message') || fits(types[0], 'cause');
  return types.length === 2 && fits(types[0], 'message') && fits(types[1], 'cause');
}

export function coerceArguments(picked: ConstructorSymbol, args: readonly Typed[], at: Pick<Expression, 'pos'>, context: Context): Code[] {
  return picked.params.map((param, index) => {
    const arg = args[index];
    if (!arg) fail('Constructor not defined', at.pos);
    return coerce(arg, param.type, context, at.pos);
  });
}

function newPlatform(type: ApexType, args: readonly Typed[], e: Of<'new'>, context: Context): Typed {
  if (isException(type, context.program)) {
    if (type === T.Exception) fail('Type cannot be constructed: Exception', e.pos);
    const types = args.map((arg) => arg.type);
    if (!isBuiltInExceptionCall(types, context))
      fail(`Constructor not defined: [System.${type.name}].<Constructor>(${types.map(typeName).join(', ')})`, e.pos);
    const codes = args.map((arg) => arg.code);
    return {
      type,
      code: (f) =>
        f.rt.newPlatformException(
          type,
          codes.map((code) => code(f)),
        ),
    };
  }
  const known = platformType(type.name);
  if (!known || known.kind !== 'class' || known.constructors.length === 0) fail(`Type cannot be constructed: ${typeName(type)}`, e.pos);
  const bindings = new Map(known.typeParams.map((param, index) => [param, type.args[index] ?? T.Object]));
  const candidates = known.constructors.map((params) => ({ raw: params, params: params.map((param) => catalogType(param, bindings)) }));
  const types = args.map((arg) => (arg.isQuery ? T.list(arg.type.args[0] ?? T.SObject) : arg.type));
  const picked = pickOverload(candidates, types, context.program);
  if (picked === 'ambiguous')
    fail(`Ambiguous constructor signature: [${typeName(type)}].<Constructor>(${types.map(typeName).join(', ')})`, e.pos);
  const element = type.args[0];
  if (!picked && types.length === 1 && element && (type.name === 'List' || type.name === 'Set')) {
    fail(
      `Invalid initializer type ${types.map(typeName).join('')} found for ${typeName(type)}: expected a List or a Set of type: ${typeName(element)}`,
      e.pos,
    );
  }
  if (!picked) fail(`Constructor not defined: [${typeName(type)}].<Constructor>(${types.map(typeName).join(', ')})`, e.pos);
  const construct = context.program.platform.construct(type.name, picked.raw);
  if (!construct) notSupported(`new ${typeName(type)}(${picked.raw.join(', ')})`, e.pos);
  const codes = args.map((arg, index) => coerce(arg, picked.params[index] ?? arg.type, context, e.pos));
  return {
    type,
    code: (f) =>
      construct(
        f.rt,
        codes.map((code) => code(f)),
        type.args,
      ),
  };
}

/** `new Integer[3]` */
export function checkSized(e: Of<'newSized'>, context: Context): Typed {
  const type = context.type(e.type);
  const size = coerce(checkValue(e.size, context), T.Integer, context, e.pos);
  const element = type.args[0] ?? T.Object;
  return { type, code: (f) => new ApexList(element, new Array<ApexValue>(Number(size(f) ?? f.rt.nullPointer())).fill(null)) };
}

/** `new List<String>{'a'}`, `new Set<Id>{…}`, and any `{}` that may as well be an empty map. */
export function checkElements(e: Of<'newElements'>, context: Context): Typed {
  const type = context.type(e.type);
  const element = type.args[0] ?? T.Object;
  if (type.name === 'Map' && e.elements.length === 0) return { type, code: () => new ApexMap(element, type.args[1] ?? T.Object) };
  if (type.name !== 'List' && type.name !== 'Set') fail(`Invalid initializer for type: ${typeName(type)}`, e.pos);
  const codes = e.elements.map((item) => initial(item, element, context));
  if (type.name === 'List')
    return {
      type,
      code: (f) =>
        new ApexList(
          element,
          codes.map((code) => code(f)),
        ),
    };
  return {
    type,
    code: (f) => {
      const set = new ApexSet(element);
      for (const code of codes) {
        const value = code(f);
        const key = f.rt.keyOf(value);
        if (!set.members.has(key)) set.members.set(key, value);
      }
      return set;
    },
  };
}

function initial(item: Expression, element: ApexType, context: Context): Code {
  const typed = checkValue(item, context);
  return coerce(
    typed,
    element,
    context,
    item.pos,
    `Initial expression is of incorrect type, expected: ${typeName(element)} but was: ${typeName(typed.type)}`,
  );
}

function entry(item: Expression, type: ApexType, which: 'key' | 'value', context: Context): Code {
  const typed = checkValue(item, context);
  return coerce(typed, type, context, item.pos, `Invalid ${which} type ${typeName(typed.type)} for ${typeName(type)}`);
}

/** `new Map<String, Integer>{'a' => 1}` */
export function checkPairs(e: Of<'newPairs'>, context: Context): Typed {
  const type = context.type(e.type);
  const [keyType, valueType] = type.args;
  if (type.name !== 'Map' || !keyType || !valueType) fail(`Invalid initializer for type: ${typeName(type)}`, e.pos);
  const pairs = e.pairs.map((pair) => ({
    key: entry(pair.key, keyType, 'key', context),
    value: entry(pair.value, valueType, 'value', context),
  }));
  return {
    type,
    code: (f) => {
      const map = new ApexMap(keyType, valueType);
      for (const pair of pairs) {
        const key = pair.key(f);
        map.entries.set(f.rt.keyOf(key), { key, value: pair.value(f) });
      }
      return map;
    },
  };
}
