import type {
  ApexParserRuleContext,
  ComparisonOperatorContext,
  DateFormulaContext,
  ExpressionContext,
  FieldExpressionContext,
  FieldNameContext,
  LogicalExpressionContext,
  QueryContext,
  SelectEntryContext,
  SoqlFunctionContext,
  SubFieldEntryContext,
  SubQueryContext,
  ValueContext,
  WhereFieldExpressionContext,
  WhereLogicalExpressionContext,
} from '@apexdevtools/apex-parser';
import { NotSupported } from '../errors.ts';
import { errorAt } from './error-at.ts';
import { dateValue, datetimeValue, likePattern, stringValue } from './literals.ts';
import type { ComparisonOperator, Condition, Expression, FieldPath, Operand, OrderItem, SelectItem, SoqlQuery } from './types.ts';

/** The generated parser types hide that a clause may be absent. */
type Maybe<T> = T | null | undefined;

export interface TreeSource {
  readonly text: string;
  /** Where the text starts in the parsed source. */
  readonly base: number;
  /** Undoes what was done to the text for the lexer. */
  readonly unmask: (token: string) => string;
  readonly onBind: (expression: ExpressionContext, at: number) => number;
}

type Clauses = Omit<SoqlQuery, 'select' | 'from' | 'text'>;

const NO_CLAUSES: Clauses = {
  where: null,
  accessClause: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
  forUpdate: false,
  forView: false,
  forReference: false,
  allRows: false,
};

/**
 * Words that cannot be an alias. The grammar takes them for one where a clause has lost its rest (`FROM Account WHERE`).
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_alias.htm
 */
const RESERVED = new Set(
  'AND ASC BY DESC EXCLUDES FIRST FROM GROUP HAVING IN INCLUDES LAST LIKE LIMIT NOT NULL NULLS OFFSET OR ORDER SELECT USING WHERE WITH'.split(
    ' ',
  ),
);

/** Turns ANTLR's tree of one query into our own. */
export class TreeBuilder {
  readonly #source: TreeSource;

  constructor(source: TreeSource) {
    this.#source = source;
  }

  query(context: QueryContext): SoqlQuery {
    const using: Maybe<ApexParserRuleContext> = context.usingScope();
    if (using) throw new NotSupported('USING SCOPE');
    const group: Maybe<ReturnType<QueryContext['groupByClause']>> = context.groupByClause();
    if (group && present(group.ROLLUP())) throw new NotSupported('GROUP BY ROLLUP');
    if (group && present(group.CUBE())) throw new NotSupported('GROUP BY CUBE');
    const having: Maybe<LogicalExpressionContext> = group?.logicalExpression();
    const offset: Maybe<ReturnType<QueryContext['offsetClause']>> = context.offsetClause();
    return {
      ...NO_CLAUSES,
      ...this.#sharedClauses(context),
      select: context
        .selectList()
        .selectEntry_list()
        .map((entry) => this.#selectItem(entry)),
      from: this.#from(context),
      accessClause: this.#accessClause(context),
      groupBy: (group?.fieldGroupByList().fieldGroupBy_list() ?? []).map((item) => this.#fieldOrCall(item)),
      having: having ? this.#condition(having) : null,
      offset: offset ? this.#count(offset) : null,
      allRows: present(context.allRowsClause()),
      text: this.#source.text,
    };
  }

  #subQuery(context: SubQueryContext): SoqlQuery {
    return {
      ...NO_CLAUSES,
      ...this.#sharedClauses(context),
      select: context
        .subFieldList()
        .subFieldEntry_list()
        .map((entry) => this.#selectItem(entry)),
      from: this.#from(context),
      text: this.#source.text,
    };
  }

  #sharedClauses(
    context: QueryContext | SubQueryContext,
  ): Pick<Clauses, 'where' | 'orderBy' | 'limit' | 'forUpdate' | 'forView' | 'forReference'> {
    const where: Maybe<ReturnType<QueryContext['whereClause']>> = context.whereClause();
    const order: Maybe<ReturnType<QueryContext['orderByClause']>> = context.orderByClause();
    const limit: Maybe<ReturnType<QueryContext['limitClause']>> = context.limitClause();
    if (present(context.UPDATE())) throw new NotSupported('UPDATE TRACKING, UPDATE VIEWSTAT');
    const purposes = context.forClauses();
    return {
      where: where ? this.#condition(where.whereLogicalExpression()) : null,
      orderBy: (order?.fieldOrderList().fieldOrder_list() ?? []).map((item): OrderItem => ({
        expression: this.#fieldOrCall(item),
        descending: present(item.DESC()),
        nullsLast: present(item.NULLS()) ? present(item.LAST()) : null,
      })),
      limit: limit ? this.#count(limit) : null,
      forUpdate: purposes.UPDATE_list().length > 0,
      forView: purposes.VIEW_list().length > 0,
      forReference: purposes.REFERENCE_list().length > 0,
    };
  }

  #from(context: QueryContext | SubQueryContext): SoqlQuery['from'] {
    const list = context.fromNameList();
    const [name, second] = list.fieldName_list();
    if (!name || second) throw new NotSupported('FROM with more than one name');
    return { object: name.getText(), alias: this.#alias(list.soqlId_list()[0]), at: this.#at(name) };
  }

  #alias(id: Maybe<ApexParserRuleContext>): string | null {
    if (!id) return null;
    const alias = id.getText();
    if (RESERVED.has(alias.toUpperCase()))
      throw errorAt('MALFORMED_QUERY', this.#source.text, this.#at(id), `unexpected token: '${alias}'`);
    return alias;
  }

  #accessClause(context: QueryContext): SoqlQuery['accessClause'] {
    const clause: Maybe<ReturnType<QueryContext['withClause']>> = context.withClause();
    if (!clause) return null;
    if (present(clause.USER_MODE())) return 'USER_MODE';
    if (present(clause.SYSTEM_MODE())) return 'SYSTEM_MODE';
    if (present(clause.SECURITY_ENFORCED())) return 'SECURITY_ENFORCED';
    if (present(clause.DATA())) throw new NotSupported('WITH DATA CATEGORY');
    throw new NotSupported('WITH <condition>');
  }

  #selectItem(entry: SelectEntryContext | SubFieldEntryContext): SelectItem {
    const subQuery: Maybe<SubQueryContext> = entry.subQuery();
    const alias: Maybe<ApexParserRuleContext> = entry.soqlId();
    if (subQuery) {
      if (alias) throw new NotSupported('An alias on a child subquery');
      return { kind: 'subquery', query: this.#subQuery(subQuery) };
    }
    if (present(entry.typeOf())) throw new NotSupported('TYPEOF');
    const fields: Maybe<ReturnType<SoqlFunctionContext['soqlFieldsParameter']>> = (
      entry.soqlFunction() as Maybe<SoqlFunctionContext>
    )?.soqlFieldsParameter();
    if (fields) return { kind: 'fields', set: present(fields.ALL()) ? 'ALL' : present(fields.CUSTOM()) ? 'CUSTOM' : 'STANDARD' };
    return { kind: 'expression', expression: this.#fieldOrCall(entry), alias: this.#alias(alias) };
  }

  #fieldOrCall(context: { fieldName(): FieldNameContext; soqlFunction(): SoqlFunctionContext }): Expression {
    const name: Maybe<FieldNameContext> = context.fieldName();
    return name ? this.#field(name) : this.#call(context.soqlFunction());
  }

  #field(context: FieldNameContext): Expression {
    return { kind: 'field', path: this.#path(context), at: this.#at(context) };
  }

  #path(context: FieldNameContext): FieldPath {
    return context.soqlId_list().map((id) => id.getText());
  }

  #call(context: SoqlFunctionContext): Expression {
    const name = context.start.text.toUpperCase();
    const at = this.#at(context);
    if (name === 'DISTANCE') throw new NotSupported('DISTANCE');
    const inner: Maybe<SoqlFunctionContext> = context.soqlFunction();
    const date: Maybe<ReturnType<SoqlFunctionContext['dateFieldName']>> = context.dateFieldName();
    const field: Maybe<FieldNameContext> = date ? date.fieldName() : context.fieldName();
    if (date && present(date.CONVERT_TIMEZONE())) {
      const converted: Expression = { kind: 'call', name: 'CONVERTTIMEZONE', args: [this.#field(date.fieldName())], at: this.#at(date) };
      return { kind: 'call', name, args: [converted], at };
    }
    const args = inner ? [this.#call(inner)] : field ? [this.#field(field)] : [];
    return { kind: 'call', name, args, at };
  }

  #condition(context: LogicalExpressionContext | WhereLogicalExpressionContext): Condition {
    const list =
      'whereConditionalExpression_list' in context ? context.whereConditionalExpression_list() : context.conditionalExpression_list();
    const parts = list.map((part): Condition => {
      const nested: Maybe<LogicalExpressionContext | WhereLogicalExpressionContext> =
        'whereLogicalExpression' in part ? part.whereLogicalExpression() : part.logicalExpression();
      if (nested) return this.#condition(nested);
      return this.#comparison('whereFieldExpression' in part ? part.whereFieldExpression() : part.fieldExpression());
    });
    const [first] = parts;
    if (!first) throw errorAt('MALFORMED_QUERY', this.#source.text, this.#at(context), 'unexpected end of condition');
    if (present(context.NOT())) return { kind: 'not', part: first };
    if (parts.length === 1) return first;
    return { kind: context.SOQLOR_list().length > 0 ? 'or' : 'and', parts };
  }

  #comparison(context: FieldExpressionContext | WhereFieldExpressionContext): Condition {
    if ('FORMULA' in context) {
      if (present(context.FORMULA())) throw new NotSupported('FORMULA() in a condition');
      return this.#comparison(context.fieldExpression());
    }
    const operator = operatorOf(context.comparisonOperator());
    return { kind: 'comparison', left: this.#fieldOrCall(context), operator, right: this.#operand(context.value(), operator) };
  }

  #operand(context: ValueContext, operator: ComparisonOperator): Operand {
    const text = this.#source.unmask(context.getText());
    const bound: Maybe<ReturnType<ValueContext['boundExpression']>> = context.boundExpression();
    if (bound) return this.#bind(bound.expression());
    const subQuery: Maybe<SubQueryContext> = context.subQuery();
    if (subQuery) return { kind: 'subquery', query: this.#subQuery(subQuery) };
    const list: Maybe<ReturnType<ValueContext['valueList']>> = context.valueList();
    if (list) return { kind: 'list', items: list.value_list().map((value) => this.#operand(value, operator)) };
    const formula: Maybe<DateFormulaContext> = context.dateFormula();
    if (formula) return this.#dateLiteral(formula);
    if (present(context.StringLiteral()))
      return { kind: 'literal', type: 'string', value: operator === 'LIKE' ? likePattern(text) : stringValue(text), text };
    if (present(context.NULL())) return { kind: 'literal', type: 'null', value: null, text };
    if (present(context.BooleanLiteral())) return { kind: 'literal', type: 'boolean', value: text.toLowerCase() === 'true', text };
    if (present(context.signedNumber())) return this.#number(context, text);
    if (present(context.DateLiteral())) return { kind: 'literal', type: 'date', value: this.#checked(dateValue(text), context), text };
    if (present(context.DateTimeLiteral()))
      return { kind: 'literal', type: 'datetime', value: this.#checked(datetimeValue(text), context), text };
    if (present(context.IntegralCurrencyLiteral())) return currencyLiteral(this.#written(context));
    if (present(context.TimeLiteral())) throw new NotSupported('Time literals');
    throw new NotSupported(`The value ${text} in SOQL`);
  }

  #number(context: ValueContext, text: string): Operand {
    if (/d$/iu.test(text)) throw errorAt('MALFORMED_QUERY', this.#source.text, this.#at(context), `unexpected token: '${text}'`);
    return { kind: 'literal', type: 'number', value: Number(text), text };
  }

  #checked<T>(value: T | null, context: ValueContext): T {
    if (value === null)
      throw errorAt('MALFORMED_QUERY', this.#source.text, this.#at(context), `line 1: invalid date: ${context.getText()}`);
    return value;
  }

  #dateLiteral(context: DateFormulaContext): Operand {
    const name = context.start.text.toUpperCase();
    const n: Maybe<ApexParserRuleContext> = context.signedInteger();
    return { kind: 'dateLiteral', name, n: n ? Number(n.getText()) : null };
  }

  /** LIMIT and OFFSET. */
  #count(context: { IntegerLiteral(): { getText(): string }; boundExpression(): { expression(): ExpressionContext } }): Operand {
    const bound: Maybe<{ expression(): ExpressionContext }> = context.boundExpression();
    if (bound) return this.#bind(bound.expression());
    const text = context.IntegerLiteral().getText();
    return { kind: 'literal', type: 'number', value: Number(text), text };
  }

  #bind(expression: ExpressionContext): Operand {
    return { kind: 'bind', index: this.#source.onBind(expression, this.#at(expression)) };
  }

  /** The text of a value as the query has it. */
  #written(context: ValueContext): string {
    return this.#source.text.slice(this.#at(context), (context.stop ?? context.start).stop + 1 - this.#source.base);
  }

  #at(context: ApexParserRuleContext): number {
    return Math.max(0, context.start.start - this.#source.base);
  }
}

/** `EUR5000.5`: a code and a number without a sign. */
function currencyLiteral(text: string): Operand {
  return { kind: 'currency', isoCode: text.slice(0, 3).toUpperCase(), amount: Number(text.slice(3)) };
}

function present(node: unknown): boolean {
  return node !== null && node !== undefined;
}

function operatorOf(context: ComparisonOperatorContext): ComparisonOperator {
  const text = context.getText().toUpperCase();
  if (text === '<>') return '!=';
  if (text === 'NOTIN') return 'NOT IN';
  return text as ComparisonOperator;
}
