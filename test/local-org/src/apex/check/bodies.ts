import type { Block, ConstructorDecl, Expression, Statement, TriggerDecl } from '../parse/ast.ts';
import type { Code, Step } from '../run/frame.ts';
import { T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { attempt, Context, reportProblem } from './context.ts';
import { coerceArguments, pickConstructor } from './expressions/creators.ts';
import { checkValue } from './expressions/check-expression.ts';
import { fail } from './problems.ts';
import type { Program } from './program.ts';
import { checkIdentifier } from './reserved-words.ts';
import { checkBlock, checkStatements } from './statements/check-statement.ts';
import { returnsAlways } from './statements/flow.ts';
import type { ClassSymbol, ConstructorSymbol, FieldSymbol, MethodSymbol, ParameterSymbol, Routine, TriggerSymbol } from './symbols.ts';
import { coerce } from './typed.ts';

/** Phase 3: every body of a class, checked and compiled. */
export function checkBodies(cls: ClassSymbol, program: Program): void {
  if (cls.decl.kind !== 'class') return;
  for (const field of cls.fields.values()) checkField(cls, field, program);
  for (const method of [...cls.methods.values()].flat()) checkMethod(cls, method, program);
  for (const constructor of cls.constructors) checkConstructor(cls, constructor, program);
  let order = 0;
  for (const member of cls.decl.members) {
    order++;
    if (member.kind !== 'initializer') continue;
    if (member.isStatic && cls.outer) reportProblem(program, cls.unit, 'Inner types are not allowed to have static blocks', member.pos);
    const context = contextOf(cls, program, member.isStatic, T.void, { isConstructor: true, body: 'initializer' });
    const run = checkBlock(member.body, context);
    cls.initializers.push({ isStatic: member.isStatic, order, run, frameSize: context.scope.size });
  }
}

function contextOf(
  cls: ClassSymbol,
  program: Program,
  isStatic: boolean,
  returns: ApexType,
  more: { isConstructor?: boolean; body?: Context['body']; accessorOf?: FieldSymbol; initializing?: FieldSymbol } = {},
): Context {
  return new Context({ program, unit: cls.unit, cls, isStatic, returns, ...more });
}

function checkField(cls: ClassSymbol, field: FieldSymbol, program: Program): void {
  const { decl } = field;
  if (decl.kind === 'field') {
    if (decl.initializer) field.initializer = initializer(decl.initializer, field, cls, program);
    return;
  }
  if (!decl.getter && !decl.setter) reportProblem(program, cls.unit, `Properties must have at least one accessor: ${field.name}`, decl.pos);
  if (decl.getter?.body) field.getter = accessor(decl.getter.body, field, cls, program, field.type, []);
  if (decl.setter?.body) field.setter = accessor(decl.setter.body, field, cls, program, T.void, [{ name: 'value', type: field.type }]);
}

function initializer(expression: Expression, field: FieldSymbol, cls: ClassSymbol, program: Program): Code | null {
  const context = contextOf(cls, program, field.isStatic, T.void, { isConstructor: true, initializing: field });
  const { line, column } = expression.pos;
  const code = attempt(program, cls.unit, () => coerce(checkValue(expression, context), field.type, context, expression.pos));
  if (!code) return null;
  cls.unit.executable.add(line);
  const { hits } = cls.unit;
  return (f) => {
    f.line = line;
    f.column = column;
    hits.add(line);
    f.rt.countStatement();
    return code(f);
  };
}

function accessor(
  body: Block,
  field: FieldSymbol,
  cls: ClassSymbol,
  program: Program,
  returns: ApexType,
  params: readonly ParameterSymbol[],
): Routine {
  const context = contextOf(cls, program, field.isStatic, returns, { accessorOf: field });
  return routine(body, context, params, `Class.${cls.type.name}.${field.name}`);
}

/** Parameters first, then the body; a body that must return a value has to on every way. */
function routine(body: Block, context: Context, params: readonly ParameterSymbol[], label: string): Routine {
  for (const param of params) context.attempt(() => context.scope.declare(param.name, param.type, body.pos, param.isFinal));
  const step = checkBlock(body, context);
  if (context.returns !== T.void && !body.statements.some(returnsAlways)) {
    context.report(`Missing return statement required return type: ${typeName(context.returns)}`, body.pos);
  }
  return { label, file: context.unit.file, access: context.access, frameSize: context.scope.size, body: step };
}

function checkMethod(cls: ClassSymbol, method: MethodSymbol, program: Program): void {
  const { body } = method.decl;
  if (!body) return;
  const context = contextOf(cls, program, method.isStatic, method.returns);
  method.routine = routine(body, context, method.params, `Class.${cls.type.name}.${method.name}`);
}

function checkConstructor(cls: ClassSymbol, constructor: ConstructorSymbol, program: Program): void {
  const context = contextOf(cls, program, false, T.void, { isConstructor: true, body: 'constructor' });
  for (const param of constructor.params) context.attempt(() => context.scope.declare(param.name, param.type, cls.decl.pos, param.isFinal));
  const body = attempt(program, cls.unit, () => constructorBody(cls, constructor.decl, context));
  if (!body) return;
  const label = `Class.${cls.type.name}.<init>`;
  constructor.routine = { label, file: cls.unit.file, access: context.access, frameSize: context.scope.size, body };
}

/** `this(…)` hands over; otherwise super first, then this class's initialisers, then the body. */
function constructorBody(cls: ClassSymbol, decl: ConstructorDecl | null, context: Context): Step {
  const [first, ...rest] = decl?.body.statements ?? [];
  const call = first && explicitCall(first);
  const statements = call ? rest : (decl?.body.statements ?? []);
  if (call?.which === 'this') {
    const delegate = chained(cls, call.args, call, context);
    const body = context.scope.nested(() => checkStatements(statements, context));
    return (f) => (delegate(f), body(f));
  }
  const parent = cls.userSuperclass;
  if (parent && !parent.isException && !call && !parent.constructors.some((one) => one.params.length === 0))
    fail('No default constructor available in super type', decl?.pos ?? cls.decl.pos);
  const up: Code | null =
    parent && !(parent.isException && !call)
      ? chained(parent, call?.args ?? [], call ?? { pos: cls.decl.pos }, context)
      : platformSuper(cls, call, context);
  const body = context.scope.nested(() => checkStatements(statements, context));
  return (f) => {
    up?.(f);
    f.rt.initialize(cls, f.self);
    return body(f);
  };
}

/** `super('message')` in an exception. */
function platformSuper(cls: ClassSymbol, call: ConstructorCallExpression | undefined, context: Context): Code | null {
  if (!call || !cls.isException) return null;
  const args = call.args.map((arg) => checkValue(arg, context));
  const codes = args.map((arg) => arg.code);
  return (f) => (
    f.rt.setExceptionArguments(
      f.self,
      codes.map((code) => code(f)),
    ),
    null
  );
}

type ConstructorCallExpression = Extract<Expression, { kind: 'constructorCall' }>;

function explicitCall(statement: Statement): ConstructorCallExpression | undefined {
  return statement.kind === 'expression' && statement.expression.kind === 'constructorCall' ? statement.expression : undefined;
}

function chained(target: ClassSymbol, args: readonly Expression[], at: Pick<Expression, 'pos'>, context: Context): Code {
  context.isBeforeObject = true;
  const typed = args.map((arg) => checkValue(arg, context));
  context.isBeforeObject = false;
  const picked = pickConstructor(target, typed, at, context);
  if (picked === 'exception') {
    const codes = typed.map((arg) => arg.code);
    return (f) => (
      f.rt.setExceptionArguments(
        f.self,
        codes.map((code) => code(f)),
      ),
      null
    );
  }
  const codes = coerceArguments(picked, typed, at, context);
  return (f) =>
    f.rt.runConstructor(
      picked,
      f.self,
      codes.map((code) => code(f)),
    );
}

/** A trigger's body; Trigger.new has the type of its object. */
export function checkTrigger(trigger: TriggerSymbol, program: Program): void {
  const { decl, unit } = trigger;
  attempt(program, unit, () => {
    const object = program.schema.object(decl.object);
    if (object.kind === 'unsupported') fail(`Not supported by the local org: triggers on ${decl.object}`, decl.pos);
    if (object.kind === 'unknown') fail(`Invalid SObject type name: ${decl.object}`, decl.pos);
    checkIdentifier(decl.name, decl.pos, unit, program);
    for (const message of eventProblems(decl)) reportProblem(program, unit, message, decl.pos);
    const context = new Context({
      program,
      unit,
      cls: null,
      isStatic: true,
      returns: T.void,
      body: 'trigger',
      triggerObject: T.sobject(object.def.name),
    });
    const body = checkBlock(decl.body, context);
    trigger.routine = { label: `Trigger.${decl.name}`, file: unit.file, access: context.access, frameSize: context.scope.size, body };
  });
}

function eventProblems({ events }: TriggerDecl): string[] {
  const names = events.map(({ timing, operation }) => `${timing} ${operation}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...(twice === undefined ? [] : [`Duplicate Trigger Usage: ${twice}`]),
    ...(names.includes('before undelete') ? ['Trigger Usage Before Undelete is not supported'] : []),
  ];
}
