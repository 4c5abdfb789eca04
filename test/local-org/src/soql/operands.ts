import { NotSupported } from '../errors.ts';
import type { Value } from '../schema/types.ts';
import { familyOf } from './comparable.ts';
import type { Comparable } from './comparable.ts';
import { likePatternOfText } from './literals.ts';
import { isValidId, to18 } from '../schema/ids.ts';
import type { Scope } from './scope.ts';
import type { Parameter, Run, SqlValue } from './statement.ts';
import { SoqlError } from './types.ts';
import type { BindValue, Operand } from './types.ts';

type Literal = Operand & { kind: 'literal' };

/** The stored form of a literal that is compared with a field, or the platform's complaint about its type. */
export function literalValue(scope: Scope, left: Comparable, literal: Literal): SqlValue {
  if (literal.type === 'null') return null;
  const family = familyOf(left.type);
  const expected = EXPECTED[family];
  const fits = literal.type === expected.literal && (left.type !== 'int' || Number.isInteger(literal.value));
  if (!fits) {
    const quotes = expected.literal === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
    const name = left.type === 'int' ? 'int' : expected.name;
    throw scope.error(
      'INVALID_FIELD',
      left.at,
      `value of filter criterion for field '${left.label}' must be of type ${name} and ${quotes}`,
    );
  }
  return stored(left, literal.value);
}

const EXPECTED = {
  text: { literal: 'string', name: 'string' },
  multipicklist: { literal: 'string', name: 'string' },
  id: { literal: 'string', name: 'id' },
  number: { literal: 'number', name: 'double' },
  boolean: { literal: 'boolean', name: 'boolean' },
  date: { literal: 'date', name: 'date' },
  datetime: { literal: 'datetime', name: 'dateTime' },
  time: { literal: 'time', name: 'time' },
  opaque: { literal: 'none', name: 'string' },
} as const;

/** How a value compares in SQL. Empty text is null; ids are 18 characters. */
function stored(left: Comparable, value: Value): SqlValue {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (familyOf(left.type) !== 'id') return value;
  const id = typeof value === 'string' && isValidId(value) ? to18(value) : null;
  if (id === null) throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${String(value)}`);
  return id;
}

export function bindParameter(scope: Scope, left: Comparable, index: number): Parameter {
  scope.compilation.noteBind(index, left.type, false);
  return (run) => stored(left, scalar(run, index));
}

export function likeParameter(scope: Scope, left: Comparable, operand: Operand): Parameter {
  if (operand.kind === 'literal') {
    const value = whole(literalValue(scope, left, operand));
    return () => value;
  }
  if (operand.kind !== 'bind') throw unexpected(scope, left);
  scope.compilation.noteBind(operand.index, left.type, false);
  return (run) => {
    const value = scalar(run, operand.index);
    return typeof value === 'string' ? whole(likePatternOfText(value)) : null;
  };
}

/** LIKE of SQLite reads a pattern up to the first U+0000, and would find what nobody asked for. */
function whole<Pattern>(pattern: Pattern): Pattern {
  if (typeof pattern === 'string' && pattern.includes('\0')) throw new NotSupported('U+0000 in a LIKE pattern');
  return pattern;
}

/** The values of an IN list, as JSON without nulls, and whether it held a null. */
export interface ListParameters {
  readonly values: Parameter;
  readonly hasNull: (run: Run) => boolean;
}

export function listParameters(scope: Scope, left: Comparable, operand: Operand): ListParameters {
  const read = listReader(scope, left, operand);
  return {
    values: (run) => JSON.stringify(read(run).filter((value) => value !== null)),
    hasNull: (run) => read(run).includes(null),
  };
}

export function listReader(scope: Scope, left: Comparable, operand: Operand): (run: Run) => SqlValue[] {
  if (operand.kind === 'list') {
    const values = operand.items.map((item) => {
      if (item.kind === 'dateLiteral') throw new NotSupported(`The date literal ${item.name} in a list`);
      if (item.kind === 'currency') throw new NotSupported(`The currency literal ${item.isoCode}${item.amount} in a list`);
      if (item.kind === 'bind') throw new NotSupported('A bind inside a list');
      if (item.kind !== 'literal') throw unexpected(scope, left);
      return literalValue(scope, left, item);
    });
    return () => values;
  }
  if (operand.kind !== 'bind') throw unexpected(scope, left);
  const { index } = operand;
  scope.compilation.noteBind(index, left.type, true);
  return (run) => {
    const value = bound(run, index);
    return (isList(value) ? value : [value]).map((item) => stored(left, item));
  };
}

export function unexpected(scope: Scope, left: Comparable): SoqlError {
  return scope.error(
    'MALFORMED_QUERY',
    left.at,
    `The operator and the value for field '${left.label}' do not go together: IN and NOT IN take a list, the others one value.`,
  );
}

function isList(value: BindValue): value is readonly Value[] {
  return Array.isArray(value);
}

function bound(run: Run, index: number): BindValue {
  const value = run.binds[index];
  if (value === undefined) throw new Error(`The query was run without its bind ${index}.`);
  return value;
}

function scalar(run: Run, index: number): Value {
  const value = bound(run, index);
  if (isList(value)) throw new NotSupported('A list bind after an operator other than IN, NOT IN, INCLUDES and EXCLUDES');
  return value;
}

/** LIMIT or OFFSET, as a parameter. */
export function countParameter(scope: Scope, operand: Operand, clause: 'LIMIT' | 'OFFSET'): Parameter {
  if (operand.kind === 'bind') {
    scope.compilation.noteBind(operand.index, 'int', false);
    return (run) => checkedCount(scalar(run, operand.index), clause);
  }
  if (operand.kind !== 'literal') throw new SoqlError('MALFORMED_QUERY', `${clause} takes a number.`);
  const value = checkedCount(operand.value, clause);
  return () => value;
}

const MAX_OFFSET = 2000;

function checkedCount(value: Value, clause: 'LIMIT' | 'OFFSET'): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw new SoqlError('MALFORMED_QUERY', `${clause} must be a whole number that is not negative: ${String(value)}`);
  if (clause === 'OFFSET' && value > MAX_OFFSET)
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  return value;
}
