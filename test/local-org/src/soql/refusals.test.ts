import { describe, expect, it } from 'vitest';
import { NotSupported } from '../errors.ts';
import { rows } from './query-rows.ts';

describe("refused in the platform's words", () => {
  const noColumn = (name: string, entity: string): string =>
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
  const noRelationship = (name: string, where: string): string =>
    `Didn't understand relationship '${name}' in ${where}. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
  it.each<[string, string, string]>([
    ['SELECT Nope FROM Account', 'INVALID_FIELD', noColumn('Nope', 'Account')],
    ['SELECT Id FROM Account WHERE Nope = 1', 'INVALID_FIELD', noColumn('Nope', 'Account')],
    ['SELECT Id FROM Account ORDER BY Owner.Nope', 'INVALID_FIELD', noColumn('Nope', 'User')],
    ['SELECT What.Amount FROM Task', 'INVALID_FIELD', noColumn('Amount', 'Name')],
    ['SELECT Boss.Name FROM Account', 'INVALID_FIELD', noRelationship('Boss', 'field path')],
    ['SELECT (SELECT Id FROM Boats) FROM Account', 'INVALID_TYPE', noRelationship('Boats', 'FROM part of query call')],
    [
      'SELECT Id FROM Nope__c',
      'INVALID_TYPE',
      "sObject type 'Nope__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    ],
    [
      "SELECT Id FROM Opportunity WHERE Amount = '5'",
      'INVALID_FIELD',
      "value of filter criterion for field 'Amount' must be of type double and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE NumberOfEmployees = 1.5',
      'INVALID_FIELD',
      "value of filter criterion for field 'NumberOfEmployees' must be of type int and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE Name = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CloseDate' must be of type date and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Account WHERE CreatedDate > 2026-01-01',
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Opportunity WHERE IsClosed = 'true'",
      'INVALID_FIELD',
      "value of filter criterion for field 'IsClosed' must be of type boolean and should not be enclosed in quotes",
    ],
    ["SELECT Id FROM Account WHERE Description LIKE 'x%'", 'INVALID_FIELD', "field 'Description' can not be filtered in a query call"],
    ['SELECT Id FROM Account ORDER BY Description', 'INVALID_FIELD', "field 'Description' can not be sorted in a query call"],
    ['SELECT COUNT(Id) FROM Account GROUP BY Description', 'INVALID_FIELD', "field 'Description' can not be grouped in a query call"],
    [
      'SELECT CaseNumber, COUNT(Id) FROM Case GROUP BY CaseNumber',
      'INVALID_FIELD',
      "field 'CaseNumber' can not be grouped in a query call",
    ],
    ["SELECT Id FROM Account WHERE Id = 'nonsense'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: nonsense'],
    ["SELECT Id FROM Account WHERE Id LIKE '001%'", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on id field'],
    ["SELECT Id FROM Account WHERE Name INCLUDES ('a')", 'INVALID_QUERY_FILTER_OPERATOR', 'invalid operator on string field'],
    [
      "SELECT Id FROM Account WHERE Name = 'a\\%'",
      'MALFORMED_QUERY',
      "Invalid string literal 'a\\%'. Illegal character sequence '\\%' in string literal.",
    ],
    ['SELECT Id, Name, id FROM Account', 'INVALID_FIELD', 'duplicate field selected: id'],
    ['SELECT Id, FIELDS(ALL) FROM Account LIMIT 5', 'INVALID_FIELD', 'duplicate field selected: Id'],
    ['SELECT FIELDS(ALL) FROM Account', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT FIELDS(CUSTOM) FROM Account LIMIT 201', 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Name n FROM Account', 'MALFORMED_QUERY', 'only aggregate expressions use field aliasing'],
    ['SELECT StageName, COUNT(Id) FROM Opportunity', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: StageName'],
    ['SELECT Name, COUNT(Id) FROM Opportunity GROUP BY StageName', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    [
      'SELECT COUNT(Id) FROM Opportunity GROUP BY StageName ORDER BY Name',
      'MALFORMED_QUERY',
      'Ordered field must be grouped or aggregated: Name',
    ],
    [
      'SELECT COUNT(Id) FROM Opportunity LIMIT 1',
      'MALFORMED_QUERY',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT COUNT(Id) x, SUM(Amount) x FROM Opportunity', 'MALFORMED_QUERY', 'duplicate alias: x'],
    ['SELECT COUNT() n FROM Opportunity', 'MALFORMED_QUERY', "unexpected token: 'n'"],
    ['SELECT COUNT(IsClosed) FROM Opportunity', 'INVALID_FIELD', 'field IsClosed does not support aggregate operator COUNT'],
    ['SELECT SUM(Name) FROM Opportunity', 'INVALID_FIELD', 'field Name does not support aggregate operator SUM'],
    ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      "SELECT Id FROM Account WHERE (Industry = 'Banking' AND Id NOT IN (SELECT AccountId FROM Contact)) AND Name LIKE 'x%'",
      'MALFORMED_QUERY',
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions',
    ],
    [
      "SELECT Id FROM Account WHERE Industry = 'Banking' AND (Name = 'x' OR Id IN (SELECT AccountId FROM Contact))",
      'MALFORMED_QUERY',
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions',
    ],
    [
      'SELECT Id FROM Account WHERE (NOT Id IN (SELECT AccountId FROM Contact))',
      'MALFORMED_QUERY',
      "Semi join sub-selects are not allowed with the 'NOT' operator",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT WhatId FROM Task)',
      'MALFORMED_QUERY',
      "Entity 'Task' is not supported for semi join inner selects",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT Id FROM Account)',
      'MALFORMED_QUERY',
      'The inner and outer selects should not be on the same object type',
    ],
    [
      'SELECT Id FROM Contact WHERE Id IN (SELECT AccountId FROM Opportunity)',
      'MALFORMED_QUERY',
      "The selected field 'AccountId' in the subquery and the left operand field in the where expression in the outer query 'Id' should point to the same object type",
    ],
    [
      'SELECT Id FROM Opportunity WHERE AccountId IN (SELECT Id FROM Contact)',
      'MALFORMED_QUERY',
      "The selected field 'Id' in the subquery and the left operand field in the where expression in the outer query 'AccountId' should point to the same object type",
    ],
    [
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT AccountId FROM Opportunity))',
      'MALFORMED_QUERY',
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      'SELECT Id FROM Account WHERE Name IN (SELECT AccountId FROM Contact)',
      'INVALID_FIELD',
      "The left operand field in the where expression for outer query should be an id field, cannot use: 'Name'",
    ],
    ['SELECT Id FROM Account WITH USER_MODE', 'MALFORMED_QUERY', 'WITH USER_MODE is only allowed in Apex code'],
    ['SELECT Id FROM Account WITH SECURITY_ENFORCED', 'MALFORMED_QUERY', 'WITH SECURITY_ENFORCED is only allowed in Apex code'],
    ['SELECT Id FROM Account FOR UPDATE', 'MALFORMED_QUERY', 'FOR UPDATE is only allowed in Apex code'],
    ['SELECT Id FROM Account ALL ROWS', 'MALFORMED_QUERY', 'ALL ROWS is only allowed in Apex code'],
  ])('%s', (soql, errorCode, detail) => {
    expect(() => rows(soql, {}, 'rest')).toThrow(expect.objectContaining({ name: 'SoqlError', errorCode, detail }) as Error);
  });

  it.each<[string, string]>([
    ['SELECT Id FROM Account ORDER BY Name FOR UPDATE', 'ORDER BY is not allowed in a query that uses FOR UPDATE'],
    [
      'SELECT Id FROM Account WITH SECURITY_ENFORCED',
      'WITH SECURITY_ENFORCED is not supported in API version 67.0 and later. Use WITH USER_MODE instead.',
    ],
    ['SELECT FIELDS(ALL) FROM Account LIMIT 5', 'The SOQL FIELDS function is not supported with an unbounded set of fields in this API'],
  ])('in Apex: %s', (soql, detail) => {
    expect(() => rows(soql)).toThrow(expect.objectContaining({ name: 'SoqlError', detail }) as Error);
  });

  it('shows the place in the query', () => {
    expect(() => rows('SELECT Id,\n  Nope FROM Account')).toThrow(
      `\n  Nope FROM Account\n  ^\nERROR at Row:2:Column:3\n${noColumn('Nope', 'Account')}`,
    );
  });
});

describe('refused because the local org has not learned it', () => {
  it.each<[string, string]>([
    ['SELECT Id FROM Campaign', 'Campaign'],
    ['SELECT DandbCompanyId FROM Account', 'Account.DandbCompanyId'],
    ["SELECT Id FROM Opportunity WHERE Reach__c = 'x'", 'The formula field Opportunity.Reach__c where it is filtered'],
    ['SELECT toLabel(StageName) FROM Opportunity', 'TOLABEL() in SELECT'],
    ['SELECT FORMAT(Amount) FROM Opportunity', 'FORMAT() in SELECT'],
    ['SELECT TYPEOF What WHEN Account THEN Name END FROM Task', 'TYPEOF'],
    ['SELECT Id FROM Account USING SCOPE mine', 'USING SCOPE'],
    ['SELECT Id FROM Account WITH DATA CATEGORY Geo__c AT Asia__c', 'WITH DATA CATEGORY'],
    ['SELECT Id FROM Opportunity WHERE Amount > USD5000', 'The currency literal USD5000'],
    ['SELECT StageName FROM Opportunity GROUP BY ROLLUP(StageName)', 'GROUP BY ROLLUP'],
    ['SELECT Id FROM Account FOR VIEW', 'FOR VIEW'],
    ['SELECT MAX(Name) FROM Opportunity', 'MAX(Name): MAX of a string'],
    ["SELECT Id FROM Account WHERE Name LIKE 'A%\0%'", 'U+0000 in a LIKE pattern'],
    ['SELECT COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(convertTimezone(CreatedDate))', 'convertTimezone() in CALENDAR_YEAR'],
  ])('%s', (soql, construct) => {
    expect(() => rows(soql)).toThrow(new NotSupported(construct));
  });
});
