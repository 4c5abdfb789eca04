import { ApexParserFactory } from '@apexdevtools/apex-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery } from './compile.ts';
import { parseSoql, toSoqlQuery } from './parse.ts';
import { QueryOrg } from './query-org.ts';

/** As a careful caller quotes a value. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/gu, (character) => `\\${character}`)}'`;
}

function literalOf(soql: string): unknown {
  const { where } = parseSoql(soql);
  return where?.kind === 'comparison' && where.right.kind === 'literal' ? where.right.value : where;
}

describe('parseSoql', () => {
  it('reads any quoted text as that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(literalOf(`SELECT Id FROM Account WHERE Name = ${quote(text)}`)).toBe(text);
      }),
      { numRuns: 60, seed: 1, examples: [["'"], ['\\'], ["\\' OR Name != '"], ["x' LIMIT 1 //"], ['/* */'], [''], ['\n']] },
    );
  });

  it('never lets a value into the SQL', () => {
    const org = new QueryOrg({ Account: [{ Id: '001000000000001AAA', Name: 'Acme' }] });
    const sql = (text: string): string | undefined => {
      const result = compileQuery(
        parseSoql(`SELECT Id FROM Account WHERE Name LIKE ${quote(text)} OR Name IN (${quote(text)})`),
        org.schema,
        'rest',
      ).run(org.transaction, []);
      expect(result.kind).toBe('records');
      return org.statements.at(-1);
    };
    const fixed = sql('x');
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 15 }), (text) => {
        expect(sql(text)).toBe(fixed);
      }),
      { numRuns: 40, seed: 2, examples: [["' OR 1=1 --"], ['"; DROP TABLE "Account'], ['?1'], ['%']] },
    );
  });

  it.each<[string, string]>([
    ['SELECT Id FORM Account', "unexpected token: 'Account'"],
    ['SELECT Id FROM Account WHERE', "unexpected token: 'WHERE'"],
    ['SELECT Id FROM Account WHERE Name =', "unexpected token: '<EOF>'"],
    ['SELECT Id FROM Account LIMIT 1 WHERE Name = null', "unexpected token: 'WHERE'"],
    ['SELECT Id FROM Account; SELECT Id FROM Contact', "unexpected token: ';'"],
    ['SELECT Id FROM Account // all of them', "unexpected token: '/'"],
    ['SELECT Id FROM Account /* all */', "unexpected token: '/'"],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "unexpected token: 'OR'"],
    ['DELETE FROM Account', "unexpected token: 'DELETE'"],
    ['', "unexpected token: '<EOF>'"],
    ["SELECT Id FROM Account WHERE Name = 'open", "line 1:36 no viable alternative at character '''"],
    ['SELECT Id FROM Account WHERE Name = "x"', "line 1:36 no viable alternative at character '\"'"],
    ['SELECT Id FROM Account WHERE NumberOfEmployees = 1.5d', "unexpected token: '1.5d'"],
    ['SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30', 'line 1: invalid date: 2026-02-30'],
    ['SELECT Id FROM Account WHERE Name = :name', 'Bind variables only allowed in Apex code'],
  ])('refuses %s', (soql, detail) => {
    expect(() => parseSoql(soql)).toThrow(expect.objectContaining({ name: 'SoqlError', errorCode: 'MALFORMED_QUERY', detail }) as Error);
  });

  it('hands the names of binds to the caller, and takes variables only', () => {
    const names: string[] = [];
    const onBind = (name: string): number => names.push(name) - 1;
    const query = parseSoql('SELECT Id FROM Account WHERE Id IN :ids AND Name = :request.name LIMIT :max', onBind);
    expect(names).toEqual(['ids', 'request.name', 'max']);
    expect(query.limit).toEqual({ kind: 'bind', index: 2 });
    expect(() => parseSoql('SELECT Id FROM Account WHERE Name = :a + b', onBind)).toThrow(
      'Only variable references are allowed in dynamic SOQL/SOSL.',
    );
  });

  it('reads every escape of a string, and leaves wildcards to LIKE', () => {
    expect(literalOf(String.raw`SELECT Id FROM Account WHERE Name = 'a\n\t\r\b\f\"\'\\\u0041'`)).toBe('a\n\t\r\b\f"\'\\A');
    expect(literalOf(String.raw`SELECT Id FROM Account WHERE Name LIKE '50\%_\_\\%'`)).toBe(String.raw`50\%_\_\\%`);
  });
});

describe('toSoqlQuery', () => {
  it('reads a query inside Apex, with the positions of its text', () => {
    const soql = 'SELECT Id, Nope\n FROM Account WHERE Id = :record.id LIMIT :count(1)';
    const source = `class A { void m() { Account a = [${soql}]; } }`;
    const unit = ApexParserFactory.createParser(source, true).compilationUnit();
    const binds: string[] = [];
    let found: ReturnType<typeof toSoqlQuery> | undefined;
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('selectList' in node && 'forClauses' in node && 'withClause' in node) {
        found = toSoqlQuery(node as Parameters<typeof toSoqlQuery>[0], (expression) => binds.push(expression.getText()) - 1);
        return;
      }
      if ('children' in node && Array.isArray(node.children)) node.children.forEach(visit);
    };
    visit(unit);
    expect(found?.text).toBe(soql);
    expect(binds).toEqual(['record.id', 'count(1)']);
    expect(found?.select[1]).toEqual({ kind: 'expression', alias: null, expression: { kind: 'field', path: ['Nope'], at: 11 } });
    expect(found?.limit).toEqual({ kind: 'bind', index: 1 });
  });
});
