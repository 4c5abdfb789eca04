import type { Expression, Position, Statement, WhenClause } from '../../parse/ast.ts';
import { NORMAL } from '../../run/frame.ts';
import type { Frame, Step } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import { ApexEnumValue } from '../../values/apex-enum-value.ts';
import { platformEnum } from '../../values/platform-enum.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { checkValue } from '../expressions/check-expression.ts';
import { fail } from '../problems.ts';
import { isEnum, isSObject } from '../type-relations.ts';
import type { Typed } from '../typed.ts';
import { coerce } from '../typed.ts';
import { checkBlock } from './check-statement.ts';

/** `switch on`. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_switch.htm */
export function checkSwitch(s: Extract<Statement, { kind: 'switch' }>, context: Context): Step {
  const subject = checkValue(s.subject, context);
  const allowed = [T.Integer, T.Long, T.String].includes(subject.type) || isSObject(subject.type) || isEnum(subject.type, context.program);
  if (!allowed) fail(`${typeName(subject.type)} is not a valid switch expression type`, s.pos);
  const twice = repeatedLabel(s.clauses);
  if (twice !== undefined) fail(`${twice} occurs as more than one when branch for this switch statement`, s.pos);
  const slot = context.scope.hidden();
  const clauses = s.clauses.map((clause) => checkClause(clause, subject, slot, s.pos, context));
  const last = s.clauses.findIndex((clause) => clause.kind === 'else');
  if (last >= 0 && last !== s.clauses.length - 1) fail("'when else' must be the last when block", s.pos);
  return (f) => {
    const value = subject.code(f);
    f.locals[slot] = value;
    const clause = clauses.find(({ matches }) => matches(value, f));
    return clause ? clause.body(f) : NORMAL;
  };
}

function repeatedLabel(clauses: readonly WhenClause[]): string | undefined {
  const labels = clauses
    .flatMap((clause): readonly (Expression | string)[] =>
      clause.kind === 'values'
        ? clause.values
        : clause.kind === 'type'
          ? [clause.type.parts.map((part) => part.name.toLowerCase()).join('.')]
          : [],
    )
    .map((label) =>
      typeof label === 'string' ? label : label.kind === 'literal' ? label.text : label.kind === 'name' ? label.name.toLowerCase() : '',
    );
  return labels.find((label, index) => label !== '' && labels.indexOf(label) !== index);
}

interface Clause {
  readonly matches: (value: ApexValue, frame: Frame) => boolean;
  readonly body: Step;
}

function checkClause(clause: WhenClause, subject: Typed, slot: number, at: Position, context: Context): Clause {
  if (clause.kind === 'else') return { matches: () => true, body: checkBlock(clause.body, context) };
  if (clause.kind === 'values') {
    const tests = clause.values.map((value) => checkLabel(value, subject, at, context));
    return { matches: (value, f) => tests.some((test) => test(value, f)), body: checkBlock(clause.body, context) };
  }
  const type = context.type(clause.type);
  if (!isSObject(type) || !isSObject(subject.type)) fail(`Illegal when type: ${typeName(type)}`, clause.pos);
  return context.scope.nested(() => {
    const local = context.scope.declare(clause.variable, type, clause.pos);
    const body = checkBlock(clause.body, context);
    return {
      matches: (value) => value instanceof SObjectValue && (type === T.SObject || value.object.name === type.name),
      body: (f) => {
        f.locals[local.slot] = f.locals[slot] ?? null;
        return body(f);
      },
    };
  });
}

function checkLabel(label: Expression, subject: Typed, at: Position, context: Context): (value: ApexValue, frame: Frame) => boolean {
  if (label.kind === 'literal' && label.type === 'null') return (value) => value === null;
  if (isEnum(subject.type, context.program)) {
    if (label.kind !== 'name') fail("Enum value used in 'when expression' should be unqualified", label.pos);
    const constant = enumLabel(label.name, subject, context);
    if (!constant) fail(`Invalid enum value: ${label.name}`, label.pos);
    return (value) => value instanceof ApexEnumValue && value.ordinal === constant.ordinal;
  }
  if (label.kind !== 'literal') fail("'when expression' must be a literal, a constant literal field or enum value", label.pos);
  const typed = checkValue(label, context);
  const code = coerce(
    typed,
    subject.type,
    context,
    at,
    `${typeName(typed.type)} value in when expression cannot be implicitly converted to the ${typeName(subject.type)} type in switch expression`,
  );
  // Strings match with case. @see the switch page: "comparisons use exact equality"
  return (value, f) => f.rt.identical(value, code(f));
}

function enumLabel(name: string, subject: Typed, context: Context): { ordinal: number } | undefined {
  const own = context.program.classNamed(subject.type.name)?.enumConstants.find((value) => value.name.toLowerCase() === name.toLowerCase());
  if (own) return own;
  return subject.type.kind === 'platform'
    ? platformEnum(subject.type.name).find((value) => value.name.toLowerCase() === name.toLowerCase())
    : undefined;
}
