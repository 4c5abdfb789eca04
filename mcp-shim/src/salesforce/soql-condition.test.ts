import { parseQuery } from '@jetstreamapp/soql-parser-js';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { propertyCases } from '../testing/property-cases.ts';
import { conditionSoql, fieldsOf, meets, negated } from './soql-condition.ts';
import type { Condition } from './soql-condition.ts';

const amounts = new Map([
  ['EUR', 100],
  ['JPY', 16_000],
]);
const amountAbove: Condition = { field: 'Amount', operator: '>', literal: { kind: 'money', amounts } };

it('says it in SOQL', () => {
  const condition: Condition = {
    any: [
      { all: [amountAbove, { field: 'NextStep', isNull: true }] },
      { field: 'Name', operator: '!=', literal: { kind: 'text', value: "o'x" } },
      { field: 'CreatedDate', operator: '<', literal: { kind: 'instant', value: '2026-11-21T08:00:00Z' } },
      { field: 'Owner.IsActive', operator: '=', literal: { kind: 'boolean', value: false } },
    ],
  };
  expect(conditionSoql(condition)).toBe(
    "((((CurrencyIsoCode = 'EUR' AND Amount > 100) OR (CurrencyIsoCode = 'JPY' AND Amount > 16000)) AND NextStep = null) OR Name != 'o\\'x' OR CreatedDate < 2026-11-21T08:00:00Z OR Owner.IsActive = false)",
  );
  expect(fieldsOf(condition)).toEqual(['Amount', 'CurrencyIsoCode', 'NextStep', 'Name', 'CreatedDate', 'Owner.IsActive']);
});

it('compares money with what it comes to in the currency of the record', () => {
  expect(meets({ Amount: 16_001, CurrencyIsoCode: 'JPY' }, amountAbove)).toBe(true);
  expect(meets({ Amount: 16_000, CurrencyIsoCode: 'JPY' }, amountAbove)).toBe(false);
  expect(meets({ Amount: 101, CurrencyIsoCode: 'EUR' }, amountAbove)).toBe(true);
  expect(meets({ Amount: null, CurrencyIsoCode: 'EUR' }, negated(amountAbove))).toBe(true);
  expect(conditionSoql(negated(amountAbove))).toBe(
    "(((CurrencyIsoCode = 'EUR' AND Amount <= 100) OR (CurrencyIsoCode = 'JPY' AND Amount <= 16000)) OR Amount = null)",
  );
});

it('texts compare without regard to case, instants by their moment', () => {
  expect(meets({ StageName: 'COMMIT' }, { field: 'StageName', operator: '=', literal: { kind: 'text', value: 'Commit' } })).toBe(true);
  const before: Condition = { field: 'At', operator: '<', literal: { kind: 'instant', value: '2026-11-21T08:00:00Z' } };
  expect(meets({ At: '2026-11-21T07:59:59.000+0000' }, before)).toBe(true);
  expect(meets({ At: '2026-11-21T08:00:00.000+0000' }, before)).toBe(false);
});

const operators = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom('A', 'B'),
    operator: operators,
    literal: fc.record({ kind: fc.constant('number'), value: fc.nat(3) }),
  }),
  fc.record({ field: fc.constantFrom('A', 'B'), isNull: fc.boolean() }),
);
const conditions = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
  ),
})).node;

it('a condition and its opposite split all records, empty values included, and both are SOQL', () => {
  const value = fc.option(fc.nat(3), { nil: null });
  fc.assert(
    fc.property(conditions, fc.record({ A: value, B: value }), (condition, record) => {
      expect(meets(record, negated(condition))).toBe(!meets(record, condition));
      expect(parseQuery(`SELECT Id FROM X WHERE ${conditionSoql(negated(condition))}`).where).toBeDefined();
    }),
    propertyCases,
  );
});
