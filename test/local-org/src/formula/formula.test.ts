import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { createSchema } from '../schema/create-schema.ts';
import { plainField } from '../schema/standard/fields.ts';
import type { Value } from '../schema/types.ts';
import { compileFormula, type CompiledFormula } from './compile-formula.ts';
import { formulaField } from './formula-field.ts';
import type { FormulaType } from './formula-types.ts';

const schema = createSchema([]);
const found = schema.object('Opportunity');
if (found.kind !== 'known') throw new Error('The schema has opportunities');
const opportunity = found.def;

function compile(text: string, expected?: FormulaType): CompiledFormula {
  const result = compileFormula(text, opportunity, schema, expected);
  if (result.kind === 'problems') throw new Error(result.problems.join('\n'));
  return result;
}

function evaluate(text: string, record: Record<string, Value> = {}): Value {
  return compile(text).evaluate((path) => {
    const value = record[path.join('.')];
    if (value === undefined) throw new Error(`read ${path.join('.')}`);
    return value;
  });
}

function problems(text: string, expected?: FormulaType): readonly string[] {
  const result = compileFormula(text, opportunity, schema, expected);
  return result.kind === 'problems' ? result.problems : [];
}

describe('values', () => {
  it('join texts, the blank one as nothing', () => {
    expect(evaluate('"a" & Name & \'b\'', { Name: 'X' })).toBe('aXb');
    expect(evaluate('"a" & NextStep', { NextStep: null })).toBe('a');
    expect(evaluate('NextStep & ""', { NextStep: null })).toBeNull();
    expect(evaluate('"say \\"hi\\"" /* so */ & "\\n"')).toBe('say "hi"\n');
  });

  it('choose', () => {
    const text = 'IF(ISBLANK(NextStep), BLANKVALUE(Description, Name), nextstep)'.replace('Description', 'Fiscal');
    expect(evaluate(text, { NextStep: 'call', Name: 'X', Fiscal: null })).toBe('call');
    expect(evaluate(text, { NextStep: null, Name: 'X', Fiscal: null })).toBe('X');
    expect(evaluate(text, { NextStep: null, Name: 'X', Fiscal: 'F' })).toBe('F');
    expect(evaluate('IF(IsWon, Amount, NULL)', { IsWon: false, Amount: 5 })).toBeNull();
  });

  it('compare: numbers with blank as zero, text with its case, dates only when there are two', () => {
    expect(evaluate('Amount > 5', { Amount: 6 })).toBe(true);
    expect(evaluate('Amount >= 0', { Amount: null })).toBe(true);
    expect(evaluate('Amount < -1.5', { Amount: -2 })).toBe(true);
    expect(evaluate('Name = "x"', { Name: 'X' })).toBe(false);
    expect(evaluate('NextStep <> ""', { NextStep: null })).toBe(false);
    expect(evaluate('CloseDate > LastActivityDate', { CloseDate: '2026-01-02', LastActivityDate: '2026-01-01' })).toBe(true);
    expect(evaluate('CloseDate <= LastActivityDate', { CloseDate: '2026-01-02', LastActivityDate: null })).toBe(false);
  });

  it('bind operators as the platform does', () => {
    expect(evaluate('TRUE || FALSE && FALSE')).toBe(true);
    expect(evaluate('NOT(1 = 2) && !(Name & "b" == "ab")', { Name: 'a' })).toBe(false);
    expect(evaluate('AND(IsWon, OR(IsClosed, IsPrivate))', { IsWon: true, IsClosed: false, IsPrivate: true })).toBe(true);
    expect(evaluate('ISPICKVAL(StageName, "Commit")', { StageName: 'Commit' })).toBe(true);
    expect(evaluate('ISBLANK(StageName)', { StageName: null })).toBe(true);
  });

  it('read ids with 15 characters and parents by path', () => {
    const compiled = compile('account.name & ID & Account.OwnerId');
    expect(compiled.paths).toEqual([['Account', 'Name'], ['Id'], ['Account', 'OwnerId']]);
    expect(evaluate('Id & "-"', { Id: '006000000000001AAA' })).toBe('006000000000001-');
  });

  it('link, escaped', () => {
    expect(evaluate('HYPERLINK("/" & Name, NextStep, "_blank")', { Name: '006"', NextStep: '<b>&' })).toBe(
      '<a href="/006&quot;" target="_blank">&lt;b&gt;&amp;</a>',
    );
    expect(evaluate('HYPERLINK("/x", "y")')).toBe('<a href="/x">y</a>');
  });
});

describe('problems', () => {
  it.each([
    ['Nam & "x"', 'Field Nam does not exist. Check spelling.'],
    ['Account.Nam', 'Field Account.Nam does not exist. Check spelling.'],
    ['Acount.Name', 'Field Acount.Name does not exist. Check spelling.'],
    ['FOO(1)', 'Unknown function FOO. Check spelling.'],
    ['toString(1)', 'Unknown function TOSTRING. Check spelling.'],
    ['IF(IsWon, 1)', "Incorrect number of parameters for function 'IF()'. Expected 3, received 2"],
    ['IF(Name, 1, 2)', "Incorrect parameter type for function 'IF()'. Expected Boolean, received Text"],
    ['IF(IsWon, 1, "a")', "Incorrect parameter type for function 'IF()'. Expected Number, received Text"],
    ['BLANKVALUE(Name, 1)', "Incorrect parameter type for function 'BLANKVALUE()'. Expected Text, received Number"],
    ['Name & Amount', "Incorrect parameter type for operator '&'. Expected Text, received Number"],
    ['Name > "a"', "Incorrect parameter type for operator '>'. Expected Number, Date, DateTime, received Text"],
    ['Amount = "1"', "Incorrect parameter type for operator '='. Expected Number, received Text"],
    ['StageName = "Commit"', 'Field StageName is a picklist field. Picklist fields are only supported in certain functions.'],
    ['Description & ""', 'You cannot reference the field Description in this formula: its type is textarea.'],
    ['IF(IsWon, 1, 2', "Syntax error. Missing ')'"],
    ['1)', "Syntax error. Extra ')'"],
    ['"a', 'Syntax error. Missing closing quotation mark'],
    ['"a" "b"', 'Syntax error. Extra b'],
    ['Name & ', 'Syntax error. The formula ends too early'],
    ['Name # 1', "Syntax error. Found '#'"],
  ])('%s', (text, message) => {
    expect(problems(text)).toEqual([message]);
  });

  it('cover the type of the result, and all mistakes at once', () => {
    expect(problems('Amount > 5', 'Text')).toEqual(['Formula result is data type (Boolean), incompatible with expected data type (Text).']);
    expect(problems('IF(A__c, B__c, Name)')).toEqual([
      'Field A__c does not exist. Check spelling.',
      'Field B__c does not exist. Check spelling.',
    ]);
  });

  it.each([
    ['CASE(1, 2, 3)', 'formula function CASE'],
    ['Amount * 2', 'formula operator *'],
    ['-Amount', 'formula operator -'],
    ['$User.Id', 'formula variable $User.Id'],
    ['Campaign.Name', 'formula field Campaign.Name'],
  ])('%s is refused by name', (text, construct) => {
    expect(() => problems(text)).toThrow(new NotSupported(construct));
  });
});

describe('formulaField', () => {
  it('computes a field and says what it reads', () => {
    const field = plainField('Shout__c', 'Shout', 'string', { formula: 'Name & "!"', calculated: true });
    const computed = formulaField(opportunity, field, schema);
    expect(computed.paths).toEqual([['Name']]);
    expect(computed.evaluate(null, () => 'X')).toBe('X!');
    expect(formulaField(opportunity, field, schema)).toBe(computed);
  });

  it('does not take what no deploy would have let pass', () => {
    const field = plainField('Wrong__c', 'Wrong', 'boolean', { formula: 'Name', calculated: true });
    expect(() => formulaField(opportunity, field, schema)).toThrow('was deployed unchecked: Formula result is data type (Text)');
  });
});
