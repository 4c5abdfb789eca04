import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { createSchema } from '../schema/create-schema.ts';
import { plainField } from '../schema/standard/fields.ts';
import type { Value } from '../schema/types.ts';
import { compileFormula, type CompiledFormula } from './compile-formula.ts';
import { formulaField } from './formula-field.ts';
import { FormulaError, type FormulaContext, type FormulaType, type FormulaUse, type ReadField } from './formula-types.ts';

const schema = createSchema([]);
const found = schema.object('Opportunity');
if (found.kind !== 'known') throw new Error('The schema has opportunities');
const opportunity = found.def;

/** 23 o'clock on 15 March 2026 in New York. */
const context: FormulaContext = { now: () => Date.UTC(2026, 2, 16, 3), user: { timeZone: 'America/New_York' } };

function compile(text: string, expected?: FormulaType, use?: FormulaUse): CompiledFormula {
  const result = compileFormula(text, opportunity, schema, expected, use);
  if (result.kind === 'problems') throw new Error(result.problems.join('\n'));
  return result;
}

type Cells = Record<string, Value>;

function reader(record: Cells): ReadField {
  return (path) => {
    const value = record[path.join('.')];
    if (value === undefined) throw new Error(`read ${path.join('.')}`);
    return value;
  };
}

function evaluate(text: string, record: Cells = {}): Value {
  return compile(text).evaluate({ context, read: reader(record), readPrior: null });
}

/** As the condition of a validation rule, on a record that was `before`; null for a new one. */
function holds(text: string, record: Cells, before: Cells | null = null): Value {
  const readPrior = before && reader(before);
  return compile(text, 'Boolean', 'validation').evaluate({ context, read: reader(record), readPrior });
}

function problems(text: string, expected?: FormulaType, use?: FormulaUse): readonly string[] {
  const result = compileFormula(text, opportunity, schema, expected, use);
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

  it('take a blank number for zero, so that nothing sees it as blank', () => {
    expect(evaluate('Amount * 2 + 1', { Amount: null })).toBe(1);
    expect(evaluate('ISBLANK(Amount)', { Amount: null })).toBe(false);
    expect(evaluate('TEXT(BLANKVALUE(Amount, 7))', { Amount: null })).toBe('0');
  });

  it('compute without the dust of binary fractions', () => {
    expect(evaluate('0.1 + 0.2')).toBe(0.3);
    expect(evaluate('Amount * (1 - 0.9)', { Amount: 100 })).toBe(10);
    expect(evaluate('2 + 3 * 4 ^ 2 / 8')).toBe(8);
    expect(evaluate('-Amount', { Amount: 5 })).toBe(-5);
    expect(() => evaluate('1 / Amount', { Amount: null })).toThrow(FormulaError);
  });

  it('count days: of dates whole ones, of times fractions', () => {
    expect(evaluate('TODAY()')).toBe('2026-03-15');
    expect(evaluate('CloseDate + 1.9', { CloseDate: '2026-02-28' })).toBe('2026-03-01');
    expect(evaluate('7 + CloseDate', { CloseDate: '2026-02-28' })).toBe('2026-03-07');
    expect(evaluate('CloseDate - 28', { CloseDate: '2026-02-28' })).toBe('2026-01-31');
    expect(evaluate('CloseDate - TODAY()', { CloseDate: '2026-03-20' })).toBe(5);
    expect(evaluate('CloseDate - TODAY()', { CloseDate: null })).toBeNull();
    expect(evaluate('LastModifiedDate - CreatedDate', { LastModifiedDate: 129_600_000, CreatedDate: 0 })).toBe(1.5);
    expect(evaluate('TEXT(CreatedDate + 0.5)', { CreatedDate: 0 })).toBe('1970-01-01 12:00:00Z');
  });

  it('look into text, with its case', () => {
    expect(evaluate('BEGINS(Name, "Ac")', { Name: 'Acme' })).toBe(true);
    expect(evaluate('BEGINS(Name, "ac")', { Name: 'Acme' })).toBe(false);
    expect(evaluate('CONTAINS(Name, "cm")', { Name: 'Acme' })).toBe(true);
    expect(evaluate('CONTAINS(NextStep, "x")', { NextStep: null })).toBe(false);
    expect(evaluate('LEN(Name) + LEN(NextStep)', { Name: 'Acme', NextStep: null })).toBe(4);
    expect(evaluate('"a" + Name', { Name: 'b' })).toBe('ab');
  });

  it('turn into text and back', () => {
    expect(
      evaluate('TEXT(Amount) & TEXT(StageName) & TEXT(CloseDate)', { Amount: 12.5, StageName: 'Commit', CloseDate: '2026-01-02' }),
    ).toBe('12.5Commit2026-01-02');
    expect(evaluate('VALUE("-1,200.50") + 1')).toBe(-1199.5);
    expect(() => evaluate('VALUE(Name)', { Name: 'twelve' })).toThrow(FormulaError);
    expect(evaluate('NULLVALUE(CloseDate, TODAY())', { CloseDate: null })).toBe('2026-03-15');
    expect(evaluate('NULLVALUE(NextStep, "none")', { NextStep: null })).toBeNull();
  });

  it('choose by case', () => {
    const text = 'CASE(StageName, "Commit", 90, "Prospecting", 10, 50)';
    expect(evaluate(text, { StageName: 'Commit' })).toBe(90);
    expect(evaluate(text, { StageName: 'Prospecting' })).toBe(10);
    expect(evaluate(text, { StageName: 'Closed Won' })).toBe(50);
    expect(evaluate('CASE(NextStep, "", "none", NextStep)', { NextStep: null })).toBe('none');
  });

  it('link, escaped', () => {
    expect(evaluate('HYPERLINK("/" & Name, NextStep, "_blank")', { Name: '006"', NextStep: '<b>&' })).toBe(
      '<a href="/006&quot;" target="_blank">&lt;b&gt;&amp;</a>',
    );
    expect(evaluate('HYPERLINK("/x", "y")')).toBe('<a href="/x">y</a>');
  });
});

describe('the condition of a validation rule', () => {
  it('leaves a blank number blank: nothing computed from it holds', () => {
    expect(holds('ISBLANK(Amount)', { Amount: null })).toBe(true);
    expect(holds('Amount = 0', { Amount: null })).toBe(false);
    expect(holds('Amount + 1 <> 5', { Amount: null })).toBe(false);
    expect(holds('Amount < 5', { Amount: null })).toBe(false);
    expect(holds('Amount <> NULL', { Amount: null })).toBe(false);
    expect(holds('BLANKVALUE(Amount, 3) + 1 = 4', { Amount: null })).toBe(true);
  });

  it('compares with what was', () => {
    const before = { Amount: 100, NextStep: null, StageName: 'Commit' };
    expect(holds('ISCHANGED(Amount) && Amount < PRIORVALUE(Amount) / 2', { ...before, Amount: 49 }, before)).toBe(true);
    expect(holds('ISCHANGED(Amount) && Amount < PRIORVALUE(Amount) / 2', { ...before, Amount: 50 }, before)).toBe(false);
    expect(holds('ISCHANGED(NextStep)', { ...before, NextStep: null }, before)).toBe(false);
    expect(holds('ISCHANGED(NextStep)', { ...before, NextStep: 'x' }, before)).toBe(true);
    expect(holds('ISCHANGED(Amount)', { ...before, Amount: 0 }, { ...before, Amount: null })).toBe(true);
    expect(holds('ISPICKVAL(PRIORVALUE(StageName), "Commit")', { ...before, StageName: 'Closed Won' }, before)).toBe(true);
    expect(holds('ISNEW()', before, before)).toBe(false);
  });

  it('takes a new record for unchanged, and its values for what they were', () => {
    expect(holds('ISNEW()', {})).toBe(true);
    expect(holds('ISCHANGED(Amount)', { Amount: 5 })).toBe(false);
    expect(holds('PRIORVALUE(Amount) = 5', { Amount: 5 })).toBe(true);
  });

  it.each([
    ['Amount', 'Formula result is data type (Number), incompatible with expected data type (Boolean).'],
    ['ISCHANGED(Amount + 1)', "Incorrect parameter type for function 'ISCHANGED()'. Expected Field, received Number"],
    ['PRIORVALUE(StageName) = "x"', 'Function PRIORVALUE answers a picklist. Picklist fields are only supported in certain functions.'],
  ])('%s', (text, message) => {
    expect(problems(text, 'Boolean', 'validation')).toEqual([message]);
  });

  it('does not follow the changes of another record', () => {
    expect(() => problems('ISCHANGED(Account.Name)', 'Boolean', 'validation')).toThrow('formula function ISCHANGED of Account.Name');
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
    ['CASE(1, 2, 3)', "Incorrect number of parameters for function 'CASE()'. Expected 4, received 3"],
    ['CASE(1, 2, 3, 4, 5)', "Incorrect number of parameters for function 'CASE()'. Expected 6, received 5"],
    ['CASE(StageName, 1, 2, 3)', "Incorrect parameter type for function 'CASE()'. Expected Text, received Number"],
    ['CASE(1, 2, "a", 3)', "Incorrect parameter type for function 'CASE()'. Expected Text, received Number"],
    ['TEXT(Name)', "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, DateTime, Picklist, received Text"],
    ['CONTAINS(StageName, "x")', 'Field StageName is a picklist field. Picklist fields are only supported in certain functions.'],
    ['Amount * CloseDate', "Incorrect parameter type for operator '*'. Expected Number, received Date"],
    ['CloseDate + CloseDate', "Incorrect parameter type for operator '+'. Expected Number, received Date"],
    ['CloseDate - CreatedDate', "Incorrect parameter type for operator '-'. Expected Date, received DateTime"],
    ['1 - CloseDate', "Incorrect parameter type for operator '-'. Expected Number, received Date"],
    ['IsWon + 1', "Incorrect parameter type for operator '+'. Expected Number, Date, DateTime, received Boolean"],
    ['ISCHANGED(Amount)', 'Function ISCHANGED may not be used in this type of formula'],
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
    ['REGEX(Name, "x")', 'formula function REGEX'],
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
    expect(computed.evaluate(context, () => 'X')).toBe('X!');
    expect(formulaField(opportunity, field, schema)).toBe(computed);
  });

  it('has no value for a record where the formula fails', () => {
    const field = plainField('Ratio__c', 'Ratio', 'double', { formula: '1 / Amount', calculated: true });
    expect(formulaField(opportunity, field, schema).evaluate(context, () => 0)).toBeNull();
  });

  it('does not take what no deploy would have let pass', () => {
    const field = plainField('Wrong__c', 'Wrong', 'boolean', { formula: 'Name', calculated: true });
    expect(() => formulaField(opportunity, field, schema)).toThrow('was deployed unchecked: Formula result is data type (Text)');
  });
});
