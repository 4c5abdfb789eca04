import { expect, it } from 'vitest';
import { equals, selectSoql, soqlContains, soqlName, soqlString } from './soql-builder.ts';

it('builds a SELECT from its parts', () => {
  expect(
    selectSoql({
      fields: ['Id', 'Owner.Name'],
      from: 'Account',
      where: [equals('Name', "O'Hara"), 'IsDeleted = false'],
      orderBy: 'Name',
      limit: 5,
    }),
  ).toBe("SELECT Id, Owner.Name FROM Account WHERE Name = 'O\\'Hara' AND IsDeleted = false ORDER BY Name LIMIT 5");
});

it('escapes what ends or bends a literal', () => {
  expect(soqlString("a'b\\c\nd\te")).toBe("'a\\'b\\\\c\\nd\\te'");
  expect(soqlContains("50%_'")).toBe("'%50\\%\\_\\'%'");
});

it.each(['', 'Name; DELETE', 'Name FROM', "x'", 'a..b', '1x', 'Name--'])('takes no %s for a name', (name) => {
  expect(() => soqlName(name)).toThrow(TypeError);
});
