import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { ValueCondition, WhereClause } from '@jetstreamapp/soql-parser-js';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { propertyCases, propertyPatience } from '../testing/property-cases.ts';
import {
  anyOf,
  compare,
  contains,
  equals,
  inSelect,
  notInSelect,
  oneOf,
  selectSoql,
  soqlDate,
  soqlInstant,
  soqlNumber,
} from './soql-builder.ts';

vi.setConfig(propertyPatience);

/** Whatever is put into a query is read back as that value and nothing else, by a parser that is not ours. */

const hostile = fc.constantFrom(
  "'",
  '\\',
  '"',
  '%',
  '_',
  '\n',
  '\r',
  '\t',
  '\f',
  '\b',
  '\u0000',
  ' ',
  ';',
  '-',
  '(',
  ')',
  '{',
  ':',
  'n',
  'é',
  '💥',
);
const phrases = fc.constantFrom(
  "' OR Name != '",
  "\\' OR Id != null --",
  '%\\_',
  "') LIMIT 1 --",
  '\\u0027',
  "'; DELETE FROM Account",
  'NULLS LAST',
);
/** As long as people and models write them, of everything, and of what bends literals above all. */
const text = fc
  .oneof(
    fc.string({ unit: hostile, maxLength: 12 }),
    fc.array(fc.oneof(phrases, fc.string({ unit: hostile, maxLength: 3 })), { maxLength: 5 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )
  // The only characters that this parser does not take in a literal.
  .map((value) => value.replace(/[\u2028\u2029]/g, ' '));

/** The conditions of a query that holds them beside others, which must be there still. */
function conditionsOf(...where: string[]): ValueCondition[] {
  const soql = selectSoql({
    fields: ['Id', 'Owner.Name'],
    from: 'Account',
    where: [...where, 'IsDeleted = false'],
    orderBy: 'Name',
    limit: 7,
    offset: 3,
  });
  const { where: read, ...rest } = parseQuery(soql);
  expect(rest).toMatchObject({ sObject: 'Account', limit: 7, offset: 3, orderBy: [{ field: 'Name' }] });
  expect(Object.keys(rest).sort()).toEqual(['fields', 'limit', 'offset', 'orderBy', 'sObject']);
  const conditions = listOf(read);
  expect(conditions.pop()).toMatchObject({ field: 'IsDeleted', literalType: 'BOOLEAN' });
  return conditions;
}

function listOf(where: WhereClause | undefined): ValueCondition[] {
  const found: ValueCondition[] = [];
  for (let clause = where; clause !== undefined; clause = 'right' in clause ? clause.right : undefined) {
    if (clause.left && 'value' in clause.left) found.push(clause.left as ValueCondition);
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b', "'": "'", '"': '"', '\\': '\\' };

/** The text that a literal says. */
function textOf(literal: unknown): string {
  return read(String(literal))
    .filter((part) => typeof part === 'string')
    .join('');
}

/** What a literal says, as the SOQL Reference has it; wildcards of LIKE apart. @throws for what is no literal */
function read(literal: string, { like = false } = {}): (string | { wildcard: string })[] {
  if (!/^'.*'$/su.test(literal)) throw new Error(`no literal: ${literal}`);
  const said: (string | { wildcard: string })[] = [];
  const characters = [...literal.slice(1, -1)];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === "'") throw new Error(`the literal ends early: ${literal}`);
    if (/[\b\t\n\f\r]/.test(character)) throw new Error(`unescaped, though SOQL has an escape for it: ${JSON.stringify(literal)}`);
    if (character === '\\') {
      index += 1;
      const escaped = characters[index] ?? '';
      const meant = like && /[%_]/.test(escaped) ? escaped : escapes[escaped];
      if (meant === undefined) throw new Error(`no escape: \\${escaped}`);
      said.push(meant);
    } else said.push(like && /[%_]/.test(character) ? { wildcard: character } : character);
  }
  return said;
}

describe('no input escapes its literal', () => {
  it('a string is read back as it is', () => {
    fc.assert(
      fc.property(text, (value) => {
        const conditions = conditionsOf(equals('Name', value));
        expect(conditions).toMatchObject([{ field: 'Name', operator: '=', literalType: 'STRING' }]);
        expect(textOf(conditions[0]?.value)).toBe(value);
      }),
      propertyCases,
    );
  });

  it('a LIKE term is found anywhere, its own wildcards being text', () => {
    fc.assert(
      fc.property(text, (value) => {
        const conditions = conditionsOf(contains('Name', value));
        expect(conditions).toMatchObject([{ field: 'Name', operator: 'LIKE' }]);
        const any = { wildcard: '%' };
        expect(read(String(conditions[0]?.value), { like: true })).toEqual([any, ...value, any]);
      }),
      propertyCases,
    );
  });

  it('the values of a list stay as many, and what they are', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (values) => {
        const conditions = conditionsOf(oneOf('Name', values));
        expect(conditions).toMatchObject([{ field: 'Name', operator: 'IN' }]);
        expect([conditions[0]?.value].flat().map((literal) => textOf(literal))).toEqual(values);
      }),
      propertyCases,
    );
  });

  it('conditions joined by OR stay together, whatever they hold', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const conditions = conditionsOf(anyOf([equals('Name', one), contains('Industry', other)]));
        expect(conditions).toMatchObject([
          { openParen: 1, field: 'Name' },
          { closeParen: 1, field: 'Industry' },
        ]);
      }),
      propertyCases,
    );
  });
});

describe('what goes without quotes is what it says, or is not taken', () => {
  const almost = fc.oneof(
    text,
    fc
      .constantFrom('Name', 'Owner.Name', 'Amount__c', '2026-11-21', '2026-11-21T09:00:00Z', 'TODAY', 'x.y.z')
      .chain((base) =>
        fc
          .tuple(fc.nat({ max: base.length }), fc.string({ unit: hostile, maxLength: 2 }))
          .map(([at, more]) => base.slice(0, at) + more + base.slice(at)),
      ),
  );
  const taken = (make: () => string): string | undefined => {
    try {
      return make();
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
      return undefined;
    }
  };

  /** Wherever a name goes, and what is read back there. */
  const places: readonly [make: (name: string) => string, said: (name: string) => object][] = [
    [(name) => selectSoql({ fields: [name], from: 'Account' }), () => ({ sObject: 'Account' })],
    [(name) => selectSoql({ fields: ['Id'], from: name }), (name) => ({ sObject: name.split('.').at(-1) })],
    [
      (name) => selectSoql({ fields: ['Id'], from: 'Account', orderBy: name }),
      (name) => ({ sObject: 'Account', orderBy: [{ field: name }] }),
    ],
    [
      (name) => selectSoql({ fields: ['Id'], from: 'Account', orderBy: [{ field: name, direction: 'DESC', nulls: 'LAST' }] }),
      (name) => ({ sObject: 'Account', orderBy: [{ field: name, order: 'DESC', nulls: 'LAST' }] }),
    ],
    [
      (name) => selectSoql({ fields: [], aggregates: [{ function: 'MAX', field: 'Name', as: 'x' }], from: 'Account', groupBy: name }),
      (name) => ({ sObject: 'Account', groupBy: [{ field: name }] }),
    ],
    [
      (name) => selectSoql({ fields: [], aggregates: [{ function: 'MAX', field: 'Name', as: name }], from: 'Account' }),
      () => ({ sObject: 'Account' }),
    ],
    ...[
      (name: string) => equals(name, 'x'),
      (name: string) => contains(name, 'x'),
      (name: string) => oneOf(name, ['x']),
      (name: string) => compare(name, '<', 'TODAY'),
      (name: string) => inSelect(name, 'SELECT Id FROM Contact'),
      (name: string) => notInSelect(name, 'SELECT Id FROM Contact'),
    ].map((condition): [(name: string) => string, (name: string) => object] => [
      (name) => selectSoql({ fields: ['Id'], from: 'Account', where: [condition(name)] }),
      (name) => ({ sObject: 'Account', where: { left: { field: name } } }),
    ]),
  ];

  it.each(places.map(([make, said]) => [make('Name'), make, said] as const))('names: %s', (_sample, make, said) => {
    fc.assert(
      fc.property(almost, (name) => {
        const soql = taken(() => make(name));
        expect(soql === undefined).toBe(!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name));
        if (soql === undefined) return;
        const { fields, ...tree } = parseQuery(soql);
        expect(fields).toHaveLength(1);
        expect(tree).toMatchObject(said(name));
        expect(Object.keys(tree).sort()).toEqual(Object.keys(said(name)).sort());
      }),
      propertyCases,
    );
  });

  it('dates, moments and numbers', () => {
    fc.assert(
      fc.property(almost, fc.oneof(fc.double(), fc.integer()), (moment, number) => {
        const literals = [() => soqlDate(moment), () => soqlInstant(moment), () => soqlNumber(number)].flatMap((make) => taken(make) ?? []);
        for (const literal of literals) {
          expect(literal).toMatch(/^(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?Z)?|-?\d+(\.\d+)?)$/);
          expect(conditionsOf(`CloseDate > ${literal}`)).toMatchObject([{ field: 'CloseDate', operator: '>', value: literal }]);
        }
      }),
      propertyCases,
    );
  });
});
