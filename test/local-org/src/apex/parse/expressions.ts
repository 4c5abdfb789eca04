import {
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  ArrayExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  IdPrimaryContext,
  InstanceOfExpressionContext,
  LiteralPrimaryContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  PrimaryExpressionContext,
  SoqlPrimaryContext,
  SoslPrimaryContext,
  SubExpressionContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
  VoidPrimaryContext,
} from '@apexdevtools/apex-parser';
import type {
  CreatorContext,
  ExpressionContext,
  ExpressionListContext,
  LiteralContext,
  PrimaryContext,
  QueryContext,
} from '@apexdevtools/apex-parser';
import { NotSupported } from '../../errors.ts';
import { toSoqlQuery } from '../../soql/parse.ts';
import { SoqlError } from '../../soql/types.ts';
import type { AssignOperator, BinaryOperator, Expression, Position } from './ast.ts';
import { unquote } from './string-literal.ts';
import { createdType, positionOf, typeRef } from './type-refs.ts';

/** A construct that ANTLR reads and the platform refuses while parsing. */
export class SyntaxProblem extends Error {
  readonly pos: Position;

  constructor(message: string, pos: Position) {
    super(message);
    this.name = 'SyntaxProblem';
    this.pos = pos;
  }
}

export function expressions(context: ExpressionListContext | null): Expression[] {
  return context ? context.expression_list().map(expression) : [];
}

/** One ANTLR expression as our own node. */
export function expression(c: ExpressionContext): Expression {
  const pos = positionOf(c);
  if (c instanceof PrimaryExpressionContext) return primary(c.primary());
  if (c instanceof SubExpressionContext) return expression(c.expression());
  if (c instanceof DotExpressionContext) return dot(c);
  if (c instanceof MethodCallExpressionContext) {
    const call = c.methodCall();
    const args = expressions(call.expressionList());
    if (call.THIS()) return { kind: 'constructorCall', pos, which: 'this', args };
    if (call.SUPER()) return { kind: 'constructorCall', pos, which: 'super', args };
    return { kind: 'call', pos, target: null, name: call.id().getText(), args, safe: false };
  }
  if (c instanceof NewExpressionContext) return creator(c.creator(), pos);
  if (c instanceof CastExpressionContext) return { kind: 'cast', pos, type: typeRef(c.typeRef()), operand: expression(c.expression()) };
  if (c instanceof ArrayExpressionContext)
    return { kind: 'index', pos, target: expression(c.expression(0)), index: expression(c.expression(1)) };
  if (c instanceof PostOpExpressionContext)
    return { kind: 'step', pos, operator: c.INC() ? '++' : '--', prefix: false, operand: expression(c.expression()) };
  if (c instanceof PreOpExpressionContext) {
    const operand = expression(c.expression());
    if (c.INC() || c.DEC()) return { kind: 'step', pos, operator: c.INC() ? '++' : '--', prefix: true, operand };
    return { kind: 'unary', pos, operator: c.SUB() ? '-' : '+', operand };
  }
  if (c instanceof NegExpressionContext) return { kind: 'unary', pos, operator: c.BANG() ? '!' : '~', operand: expression(c.expression()) };
  if (c instanceof InstanceOfExpressionContext)
    return { kind: 'instanceOf', pos, operand: expression(c.expression()), type: typeRef(c.typeRef()) };
  if (c instanceof CondExpressionContext) {
    return {
      kind: 'ternary',
      pos,
      condition: expression(c.expression(0)),
      whenTrue: expression(c.expression(1)),
      whenFalse: expression(c.expression(2)),
    };
  }
  if (c instanceof AssignExpressionContext) {
    return {
      kind: 'assign',
      pos,
      operator: operatorText(c) as AssignOperator,
      target: expression(c.expression(0)),
      value: expression(c.expression(1)),
    };
  }
  if (
    c instanceof Arth1ExpressionContext ||
    c instanceof Arth2ExpressionContext ||
    c instanceof BitExpressionContext ||
    c instanceof CmpExpressionContext ||
    c instanceof EqualityExpressionContext ||
    c instanceof BitAndExpressionContext ||
    c instanceof BitNotExpressionContext ||
    c instanceof BitOrExpressionContext ||
    c instanceof LogAndExpressionContext ||
    c instanceof LogOrExpressionContext ||
    c instanceof CoalExpressionContext
  ) {
    const written = operatorText(c);
    const operator = (written === '<>' ? '!=' : written) as BinaryOperator;
    return { kind: 'binary', pos, operator, left: expression(c.expression(0)), right: expression(c.expression(1)) };
  }
  return { kind: 'unsupported', pos, construct: c.constructor.name };
}

/** The operator's tokens stand between the two operands: `>>>` and `<=` arrive as several. */
function operatorText(c: ExpressionContext): string {
  const children = c.children ?? [];
  return children
    .slice(1, -1)
    .map((child) => child.getText())
    .join('');
}

function dot(c: DotExpressionContext): Expression {
  const target = expression(c.expression());
  const safe = c.QUESTIONDOT() !== null && c.QUESTIONDOT() !== undefined;
  const call = c.dotMethodCall();
  if (call)
    return { kind: 'call', pos: positionOf(call), target, name: call.anyId().getText(), args: expressions(call.expressionList()), safe };
  return { kind: 'field', pos: positionOf(c.anyId()), target, name: c.anyId().getText(), safe };
}

function primary(c: PrimaryContext): Expression {
  const pos = positionOf(c);
  if (c instanceof ThisPrimaryContext) return { kind: 'this', pos };
  if (c instanceof SuperPrimaryContext) return { kind: 'super', pos };
  if (c instanceof LiteralPrimaryContext) return literal(c.literal());
  if (c instanceof IdPrimaryContext) return { kind: 'name', pos, name: c.id().getText() };
  if (c instanceof TypeRefPrimaryContext) return { kind: 'classLiteral', pos, type: typeRef(c.typeRef()) };
  if (c instanceof SoqlPrimaryContext) {
    return soql(c.soqlLiteral().query(), pos);
  }
  if (c instanceof SoslPrimaryContext) return { kind: 'unsupported', pos, construct: 'SOSL (FIND)' };
  if (c instanceof VoidPrimaryContext) return { kind: 'unsupported', pos, construct: 'void.class' };
  return { kind: 'unsupported', pos, construct: c.getText() };
}

function soql(c: QueryContext, pos: Position): Expression {
  const binds: Expression[] = [];
  try {
    return { kind: 'soql', pos, query: toSoqlQuery(c, (bind) => binds.push(expression(bind)) - 1), binds };
  } catch (error) {
    if (error instanceof SoqlError) throw new SyntaxProblem(error.message, pos);
    if (error instanceof NotSupported) return { kind: 'unsupported', pos, construct: error.construct };
    throw error;
  }
}

function literal(c: LiteralContext): Expression {
  const pos = positionOf(c);
  const text = c.getText();
  if (c.IntegerLiteral()) return { kind: 'literal', pos, type: 'Integer', text };
  if (c.LongLiteral()) return { kind: 'literal', pos, type: 'Long', text: text.slice(0, -1) };
  if (c.NumberLiteral())
    return /d$/i.test(text)
      ? { kind: 'literal', pos, type: 'Double', text: text.slice(0, -1) }
      : { kind: 'literal', pos, type: 'Decimal', text };
  if (c.BooleanLiteral()) return { kind: 'literal', pos, type: 'Boolean', text: text.toLowerCase() };
  if (c.NULL()) return { kind: 'literal', pos, type: 'null', text };
  return stringLiteral(text, pos);
}

export function stringLiteral(text: string, pos: Position): Expression {
  try {
    return { kind: 'literal', pos, type: 'String', text: unquote(text) };
  } catch (error) {
    throw new SyntaxProblem(error instanceof Error ? error.message : String(error), pos);
  }
}

function creator(c: CreatorContext, pos: Position): Expression {
  const type = createdType(c.createdName());
  const classRest = c.classCreatorRest();
  if (classRest) return { kind: 'new', pos, type, args: expressions(classRest.arguments().expressionList()) };
  const arrayRest = c.arrayCreatorRest();
  if (arrayRest) {
    const arrayType = { ...type, arrayDepth: 1 };
    const initializer = arrayRest.arrayInitializer();
    if (initializer) return { kind: 'newElements', pos, type: arrayType, elements: initializer.expression_list().map(expression) };
    return { kind: 'newSized', pos, type: arrayType, size: expression(arrayRest.expression()) };
  }
  const mapRest = c.mapCreatorRest();
  if (mapRest) {
    const pairs = mapRest
      .mapCreatorRestPair_list()
      .map((pair) => ({ key: expression(pair.expression(0)), value: expression(pair.expression(1)) }));
    return { kind: 'newPairs', pos, type, pairs };
  }
  const setRest = c.setCreatorRest();
  if (setRest) return { kind: 'newElements', pos, type, elements: setRest.expression_list().map(expression) };
  return { kind: 'newElements', pos, type, elements: [] };
}
