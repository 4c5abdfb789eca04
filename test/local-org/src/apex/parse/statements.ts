import type {
  BlockContext,
  LocalVariableDeclarationContext,
  StatementContext,
  SwitchStatementContext,
  TryStatementContext,
  ForStatementContext,
  VariableDeclaratorsContext,
  WhenLiteralContext,
} from '@apexdevtools/apex-parser';
import type { Block, DmlVerb, Expression, LocalVariables, Statement, VariableDeclarator, WhenClause } from './ast.ts';
import { expression, expressions, stringLiteral } from './expressions.ts';
import { localModifiers } from './modifiers.ts';
import { positionOf, qualifiedType, typeRef } from './type-refs.ts';

export function block(c: BlockContext): Block {
  return { kind: 'block', pos: positionOf(c), statements: c.statement_list().map(statement) };
}

function localVariables(c: LocalVariableDeclarationContext): LocalVariables {
  return {
    kind: 'variables',
    pos: positionOf(c),
    type: typeRef(c.typeRef()),
    ...localModifiers(c.modifier_list(), 'locals'),
    declarators: declarators(c.variableDeclarators()),
  };
}

export function declarators(c: VariableDeclaratorsContext): VariableDeclarator[] {
  return c
    .variableDeclarator_list()
    .map((d) => ({ pos: positionOf(d), name: d.id().getText(), initializer: d.expression() ? expression(d.expression()) : null }));
}

/** One ANTLR statement as our own node. */
export function statement(c: StatementContext): Statement {
  const pos = positionOf(c);
  const inner = c.block();
  if (inner) return block(inner);
  const ifs = c.ifStatement();
  if (ifs) {
    const branches = ifs.statement_list().map(statement);
    return {
      kind: 'if',
      pos,
      condition: expression(ifs.parExpression().expression()),
      whenTrue: first(branches),
      whenFalse: branches[1] ?? null,
    };
  }
  const loop = c.forStatement();
  if (loop) return forLoop(loop);
  const whiles = c.whileStatement();
  if (whiles) {
    const body = whiles.statement();
    return { kind: 'while', pos, condition: expression(whiles.parExpression().expression()), body: body ? statement(body) : null };
  }
  const doWhile = c.doWhileStatement();
  if (doWhile) return { kind: 'doWhile', pos, condition: expression(doWhile.parExpression().expression()), body: block(doWhile.block()) };
  const switches = c.switchStatement();
  if (switches) return switchStatement(switches);
  const tries = c.tryStatement();
  if (tries) return tryStatement(tries);
  const returns = c.returnStatement();
  if (returns) return { kind: 'return', pos, value: returns.expression() ? expression(returns.expression()) : null };
  const throws = c.throwStatement();
  if (throws) return { kind: 'throw', pos, value: expression(throws.expression()) };
  if (c.breakStatement()) return { kind: 'break', pos };
  if (c.continueStatement()) return { kind: 'continue', pos };
  const variables = c.localVariableDeclarationStatement();
  if (variables) return localVariables(variables.localVariableDeclaration());
  const plain = c.expressionStatement();
  if (plain) return { kind: 'expression', pos, expression: expression(plain.expression()) };
  const runAs = c.runAsStatement();
  if (runAs) return { kind: 'runAs', pos, args: expressions(runAs.expressionList()), body: block(runAs.block()) };
  return dml(c);
}

function dml(c: StatementContext): Statement {
  const pos = positionOf(c);
  const found =
    named('insert', c.insertStatement()) ??
    named('update', c.updateStatement()) ??
    named('delete', c.deleteStatement()) ??
    named('undelete', c.undeleteStatement());
  const upsert = c.upsertStatement();
  const { verb, context } = found ?? { verb: 'upsert' as const, context: upsert };
  if (!context) return { kind: 'unsupported', pos, construct: c.mergeStatement() ? 'merge' : c.getText() };
  const level = context.accessLevel();
  const access = level ? (level.USER() ? 'user' : 'system') : null;
  return {
    kind: 'dml',
    pos,
    verb,
    access,
    record: expression(context.expression()),
    externalId: upsert?.qualifiedName()?.getText() ?? null,
  };
}

function named<C>(verb: DmlVerb, context: C | null): { verb: DmlVerb; context: C } | null {
  return context ? { verb, context } : null;
}

function forLoop(c: ForStatementContext): Statement {
  const pos = positionOf(c);
  const control = c.forControl();
  const statementContext = c.statement();
  const body = statementContext ? statement(statementContext) : null;
  const each = control.enhancedForControl();
  if (each)
    return {
      kind: 'forEach',
      pos,
      type: typeRef(each.typeRef()),
      variable: each.id().getText(),
      iterable: expression(each.expression()),
      body,
    };
  const init = control.forInit();
  const declaration = init?.localVariableDeclaration();
  return {
    kind: 'for',
    pos,
    init: declaration ? localVariables(declaration) : init ? expressions(init.expressionList()) : null,
    condition: control.expression() ? expression(control.expression()) : null,
    update: control.forUpdate() ? expressions(control.forUpdate().expressionList()) : [],
    body,
  };
}

function switchStatement(c: SwitchStatementContext): Statement {
  const clauses = c.whenControl_list().map((control): WhenClause => {
    const pos = positionOf(control);
    const body = block(control.block());
    const value = control.whenValue();
    if (value.ELSE()) return { kind: 'else', pos, body };
    const type = value.typeRef();
    if (type) return { kind: 'type', pos, body, type: typeRef(type), variable: value.id().getText() };
    return { kind: 'values', pos, body, values: value.whenLiteral_list().map(whenLiteral) };
  });
  return { kind: 'switch', pos: positionOf(c), subject: expression(c.expression()), clauses };
}

function whenLiteral(c: WhenLiteralContext): Expression {
  const pos = positionOf(c);
  const inner = c.whenLiteral();
  if (inner) return whenLiteral(inner);
  const negative = c.SUB_list().length % 2 === 1 ? '-' : '';
  const integer = c.IntegerLiteral();
  if (integer) return { kind: 'literal', pos, type: 'Integer', text: negative + integer.getText() };
  const long = c.LongLiteral();
  if (long) return { kind: 'literal', pos, type: 'Long', text: negative + long.getText().slice(0, -1) };
  if (c.NULL()) return { kind: 'literal', pos, type: 'null', text: 'null' };
  const name = c.qualifiedName();
  if (name) {
    const [head, ...rest] = name.id_list().map((id) => id.getText());
    return rest.reduce<Expression>((target, part) => ({ kind: 'field', pos, target, name: part, safe: false }), {
      kind: 'name',
      pos,
      name: head ?? '',
    });
  }
  return stringLiteral(c.getText(), pos);
}

function tryStatement(c: TryStatementContext): Statement {
  const last = c.finallyBlock();
  return {
    kind: 'try',
    pos: positionOf(c),
    body: block(c.block()),
    catches: c.catchClause_list().map((clause) => ({
      pos: positionOf(clause),
      type: qualifiedType(clause.qualifiedName()),
      variable: clause.id().getText(),
      body: block(clause.block()),
    })),
    finallyBody: last ? block(last.block()) : null,
  };
}

function first<T>(items: readonly T[]): T {
  const [head] = items;
  if (head === undefined) throw new Error('the grammar promises at least one');
  return head;
}
