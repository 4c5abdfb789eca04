import type { Block, Expression, LocalVariables, Statement } from '../../parse/ast.ts';
import { BREAK, CONTINUE, NORMAL, RETURN } from '../../run/frame.ts';
import type { Code, Step } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { Context } from '../context.ts';
import { fail, notSupported } from '../problems.ts';
import { checkCondition, checkExpression, checkValue } from '../expressions/check-expression.ts';
import { isException } from '../type-relations.ts';
import { coerce } from '../typed.ts';
import { checkDml } from './dml.ts';
import { checkForEach } from './for-each.ts';
import { checkRunAs } from './run-as.ts';
import { checkSwitch } from './switch.ts';
import { checkTry } from './try.ts';
import { endsAlways } from './flow.ts';

/** A block: its variables end with it; what stands behind a return, throw, break or continue is an error. */
export function checkBlock(block: Block, context: Context): Step {
  return context.scope.nested(() => checkStatements(block.statements, context));
}

export function checkStatements(statements: readonly Statement[], context: Context): Step {
  const steps: Step[] = [];
  let ended = false;
  for (const statement of statements) {
    if (ended) {
      context.report('Unreachable statement', statement.pos);
      ended = false;
    }
    const step = context.attempt(() => checkStatement(statement, context));
    if (step) steps.push(step);
    ended = endsAlways(statement);
  }
  return sequence(steps);
}

function sequence(steps: readonly Step[]): Step {
  const [first, second] = steps;
  if (!first) return () => NORMAL;
  if (!second) return first;
  return (f) => {
    for (const step of steps) {
      const completion = step(f);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

/** One statement, counted against the budget, its line covered. */
function checkStatement(statement: Statement, context: Context): Step {
  if (statement.kind === 'block') return checkBlock(statement, context);
  const step = checkPlain(statement, context);
  if (statement.kind === 'variables' && statement.declarators.every((d) => d.initializer === null)) return step;
  const { line, column } = statement.pos;
  const { unit } = context;
  if (statement.kind !== 'try') unit.executable.add(line);
  const { hits } = unit;
  const covers = statement.kind !== 'try';
  return (f) => {
    f.line = line;
    f.column = column;
    if (covers) hits.add(line);
    f.rt.countStatement();
    return step(f);
  };
}

function checkPlain(s: Exclude<Statement, Block>, context: Context): Step {
  switch (s.kind) {
    case 'variables':
      return checkVariables(s, context);
    case 'expression':
      return checkExpressionStatement(s.expression, context);
    case 'if': {
      const condition = checkCondition(s.condition, context);
      const whenTrue = nested(s.whenTrue, context);
      const whenFalse = s.whenFalse ? nested(s.whenFalse, context) : null;
      return (f) => (condition(f) === true ? whenTrue(f) : whenFalse ? whenFalse(f) : NORMAL);
    }
    case 'while': {
      const condition = checkCondition(s.condition, context);
      const body = loopBody(s.body, context);
      return (f) => {
        while (condition(f) === true) {
          f.rt.countStatement();
          const completion = body(f);
          if (completion === BREAK) break;
          if (completion === RETURN) return RETURN;
        }
        return NORMAL;
      };
    }
    case 'doWhile': {
      const body = loopBody(s.body, context);
      const condition = checkCondition(s.condition, context);
      return (f) => {
        do {
          f.rt.countStatement();
          const completion = body(f);
          if (completion === BREAK) break;
          if (completion === RETURN) return RETURN;
        } while (condition(f) === true);
        return NORMAL;
      };
    }
    case 'for':
      return context.scope.nested(() => checkFor(s, context));
    case 'forEach':
      return context.scope.nested(() => checkForEach(s, context, loopBody));
    case 'switch':
      return checkSwitch(s, context);
    case 'try':
      return checkTry(s, context);
    case 'return':
      return checkReturn(s.value, s.pos, context);
    case 'throw': {
      const typed = checkValue(s.value, context);
      if (!isException(typed.type, context.program)) fail(`Throw expression must be of type exception: ${typeName(typed.type)}`, s.pos);
      return (f) => f.rt.throwValue(typed.code(f));
    }
    case 'break':
      if (context.loopDepth === 0) fail('Break statement must be in loop', s.pos);
      return () => BREAK;
    case 'continue':
      if (context.loopDepth === 0) fail('Continue statement must be in loop', s.pos);
      return () => CONTINUE;
    case 'dml':
      return checkDml(s, context);
    case 'runAs':
      return checkRunAs(s, context);
    case 'unsupported':
      return notSupported(s.construct, s.pos);
  }
}

function nested(statement: Statement, context: Context): Step {
  return context.scope.nested(() => checkStatement(statement, context));
}

function loopBody(body: Statement | null, context: Context): Step {
  if (!body) return () => NORMAL;
  context.loopDepth++;
  try {
    return nested(body, context);
  } finally {
    context.loopDepth--;
  }
}

function checkVariables(s: LocalVariables, context: Context): Step {
  const type = context.type(s.type);
  const steps = s.declarators.map((declarator): Step | null => {
    // Declared even where the initialiser is wrong: one mistake, one message.
    const { initializer: value } = declarator;
    const initializer = value && context.attempt(() => coerce(checkValue(value, context), type, context, declarator.pos));
    const { slot } = context.scope.declare(declarator.name, type, declarator.pos, s.isFinal && initializer !== null);
    if (!initializer) return (f) => ((f.locals[slot] = null), NORMAL);
    return (f) => ((f.locals[slot] = initializer(f)), NORMAL);
  });
  return sequence(steps.filter((step) => step !== null));
}

const STATEMENTS: ReadonlySet<Expression['kind']> = new Set([
  'assign',
  'step',
  'call',
  'new',
  'newElements',
  'newPairs',
  'newSized',
  'constructorCall',
]);

function checkExpressionStatement(e: Expression, context: Context): Step {
  if (!STATEMENTS.has(e.kind)) {
    checkExpression(e, context);
    fail('Expression cannot be a statement.', e.pos);
  }
  const typed = checkExpression(e, context);
  return (f) => (typed.code(f), NORMAL);
}

function checkFor(s: Extract<Statement, { kind: 'for' }>, context: Context): Step {
  const init: readonly Step[] =
    s.init === null
      ? []
      : isVariables(s.init)
        ? [checkVariables(s.init, context)]
        : s.init.map((e) => checkExpressionStatement(e, context));
  const condition: Code = s.condition ? checkCondition(s.condition, context) : () => true;
  const body = loopBody(s.body, context);
  const update = s.update.map((e) => checkExpressionStatement(e, context));
  return (f) => {
    for (const step of init) step(f);
    while (condition(f) === true) {
      f.rt.countStatement();
      const completion = body(f);
      if (completion === BREAK) break;
      if (completion === RETURN) return RETURN;
      for (const step of update) step(f);
    }
    return NORMAL;
  };
}

function isVariables(init: LocalVariables | readonly Expression[]): init is LocalVariables {
  return 'kind' in init;
}

const VALUE_RETURNED = {
  method: 'Void method must not return a value',
  constructor: 'Constructors must not return a value',
  trigger: 'Trigger bodies must not return a value',
} as const;

function checkReturn(value: Expression | null, pos: Statement['pos'], context: Context): Step {
  if (context.body === 'initializer') fail('Return must be called from a method', pos);
  if (value === null) {
    if (context.returns !== T.void) fail(`Missing return statement required return type: ${typeName(context.returns)}`, pos);
    return () => RETURN;
  }
  if (context.returns === T.void) fail(VALUE_RETURNED[context.body], pos);
  const typed = checkValue(value, context);
  const code = coerce(
    typed,
    context.returns,
    context,
    pos,
    `Illegal conversion from ${typeName(typed.type)} to ${typeName(context.returns)}`,
  );
  return (f) => {
    f.result = code(f);
    return RETURN;
  };
}
