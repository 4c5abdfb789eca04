import { compileQuery } from '../../../soql/compile.ts';
import type { BindUse, CompiledQuery, QueryResult } from '../../../soql/types.ts';
import { SoqlError } from '../../../soql/types.ts';
import { NotSupported } from '../../../errors.ts';
import type { Expression } from '../../parse/ast.ts';
import type { Frame } from '../../run/frame.ts';
import { modeOfClause } from '../../run/access-clause.ts';
import { bindFor } from '../../run/bind.ts';
import { listFromQuery } from '../../values/from-query.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { typeOfFieldType } from '../../values/convert.ts';
import type { Context } from '../context.ts';
import { conversionCost } from '../conversions.ts';
import { fail, notSupported } from '../problems.ts';
import { isNumeric, isSObject } from '../type-relations.ts';
import type { Typed } from '../typed.ts';
import { checkValue } from './check-expression.ts';

type SoqlExpression = Extract<Expression, { kind: 'soql' }>;

/** `[SELECT … FROM …]`: compiled against the schema when the class is deployed. */
export function checkSoql(e: SoqlExpression, context: Context): Typed {
  const compiled = compile(e, context);
  const binds = e.binds.map((bind) => checkValue(bind, context));
  for (const use of compiled.binds) checkBind(use, binds[use.index], e, context);
  const codes = binds.map((bind, index) => ({ code: bind.code, use: compiled.binds.find((use) => use.index === index) }));
  const mode = modeOfClause(compiled.query);
  const run = (f: Frame): QueryResult =>
    f.rt.runQuery(
      compiled,
      codes.map(({ code, use }) => bindFor(f.rt, code(f), use)),
      mode,
    );
  if (compiled.kind === 'count') {
    return {
      type: T.Integer,
      code: (f) => {
        const result = run(f);
        return result.kind === 'count' ? result.count : f.rt.nullPointer();
      },
    };
  }
  const element = compiled.kind === 'aggregate' ? T.AggregateResult : T.sobject(compiled.object.name);
  return { type: T.list(element), isQuery: true, code: (f) => listFromQuery(run(f)) };
}

function compile(e: SoqlExpression, context: Context): CompiledQuery {
  try {
    return compileQuery(e.query, context.program.schema, 'apex');
  } catch (error) {
    if (error instanceof SoqlError) fail(error.message, e.pos);
    if (error instanceof NotSupported) notSupported(error.construct, e.pos);
    throw error;
  }
}

function checkBind(use: BindUse, bind: Typed | undefined, e: SoqlExpression, context: Context): void {
  if (!bind) fail('Unexpected bind', e.pos);
  const wanted = use.fieldType === 'int' && !use.list ? T.Integer : typeOfFieldType(use.fieldType);
  const given = use.list && (bind.type.name === 'List' || bind.type.name === 'Set') ? (bind.type.args[0] ?? T.Object) : bind.type;
  const isCollection = bind.type.name === 'List' || bind.type.name === 'Set';
  if (!use.list && isCollection && fits(bind.type.args[0] ?? T.Object, wanted, context))
    notSupported('= with a collection in a query', e.pos);
  if (!fits(given, wanted, context))
    fail(`Invalid bind expression type of ${typeName(bind.type)} for column of type ${typeName(wanted)}`, e.pos);
}

function fits(given: ApexType, wanted: ApexType, context: Context): boolean {
  if (given.kind === 'null' || given === T.Object) return true;
  if (isNumeric(given) && isNumeric(wanted)) return true;
  if (wanted === T.Id && isSObject(given)) return true;
  return conversionCost(given, wanted, context.program) !== null || conversionCost(wanted, given, context.program) !== null;
}
