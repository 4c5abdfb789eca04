import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { propertyCases } from '../testing/property-cases.ts';
import { fitsObject, isRecordId, toLongId } from './record-id.ts';

it.each(['001D000000IRFma', '001D000000IRFmaIAH', '006000000000001', '006000000000001AAA'])('%s is an id', (id) => {
  expect(isRecordId(id)).toBe(true);
});

it.each(['', '001D000000IRFm', '001D000000IRFmaI', '001D000000IRFmaIAG', '001D000000IRFm!', "001D000000IRF'--", '001D000000IRFmaIAH '])(
  '%s is none',
  (id) => {
    expect(isRecordId(id)).toBe(false);
  },
);

it('lengthens to the form whose suffix encodes the letter case', () => {
  expect(toLongId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  expect(toLongId('001D000000IRFmaIAH')).toBe('001D000000IRFmaIAH');
});

it('every lengthened id is an id, and another letter case in it is not', () => {
  const id15 = fc.stringMatching(/^[A-Za-z0-9]{15}$/);
  fc.assert(
    fc.property(id15, fc.nat(14), (id, position) => {
      const long = toLongId(id);
      expect(isRecordId(long)).toBe(true);
      const letter = long.charAt(position);
      const flipped = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
      if (flipped !== letter) expect(isRecordId(long.slice(0, position) + flipped + long.slice(position + 1))).toBe(false);
    }),
    propertyCases,
  );
});

it('knows the prefixes of standard objects only', () => {
  expect(fitsObject('006000000000001', 'Opportunity')).toBe(true);
  expect(fitsObject('003000000000001', 'opportunity')).toBe(false);
  expect(fitsObject('a0X000000000001', 'Custom__c')).toBe(true);
});

it('knows no prefix of an object that is named like what objects inherit', () => {
  expect(fitsObject('006000000000001AAA', 'constructor')).toBe(true);
});
