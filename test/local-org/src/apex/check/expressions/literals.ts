import type { Expression } from '../../parse/ast.ts';
import { T } from '../../types.ts';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import type { ApexValue } from '../../values/values.ts';
import { fail } from '../problems.ts';
import type { Typed } from '../typed.ts';

const MAX_INT = 2147483647n;
const MAX_LONG = 9223372036854775807n;

type Literal = Extract<Expression, { kind: 'literal' }>;

export function checkLiteral(e: Literal): Typed {
  switch (e.type) {
    case 'Integer':
      if (BigInt(e.text) > MAX_INT) fail(`Illegal integer`, e.pos);
      return constant(T.Integer, Number(e.text));
    case 'Long':
      if (BigInt(e.text) > MAX_LONG) fail(`Illegal long`, e.pos);
      return constant(T.Long, BigInt(e.text));
    case 'Double':
      return constant(T.Double, new ApexDouble(Number(e.text)));
    case 'Decimal':
      return constant(T.Decimal, ApexDecimal.parse(e.text) ?? fail(`Illegal number: ${e.text}`, e.pos));
    case 'Boolean':
      return constant(T.Boolean, e.text === 'true');
    case 'String':
      return constant(T.String, e.text);
    case 'null':
      return constant(T.null, null);
  }
}

function constant(type: Typed['type'], value: ApexValue): Typed {
  return { type, code: () => value };
}
