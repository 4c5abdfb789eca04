import { describe, expect, test } from 'vitest';
import { createSchema } from '../../schema/create-schema.ts';
import { jsonToRow } from './json-to-row.ts';
import { RestError } from './rest-error.ts';

const schema = createSchema([]);

function rowOf(object: string, json: Record<string, unknown>): Record<string, unknown> {
  const found = schema.object(object);
  if (found.kind !== 'known') throw new Error(`no ${object}`);
  return Object.fromEntries(jsonToRow(schema, found.def, json));
}

describe('values are converted to what the field holds', () => {
  test.each([
    ['Account', { name: 'Acme', attributes: { type: 'Account' } }, { Name: 'Acme' }],
    ['Account', { Name: 12, Phone: '' }, { Name: '12', Phone: null }],
    ['Account', { NumberOfEmployees: '12', AnnualRevenue: '1.5' }, { NumberOfEmployees: 12, AnnualRevenue: 1.5 }],
    ['Opportunity', { CloseDate: '2026-12-18' }, { CloseDate: '2026-12-18' }],
    ['Opportunity', { CloseDate: '2026-12-18T10:00:00Z' }, { CloseDate: '2026-12-18' }],
    ['Opportunity', { IsPrivate: 'true' }, { IsPrivate: true }],
    ['Event', { StartDateTime: '2026-11-21T09:04:00.000+0000' }, { StartDateTime: Date.UTC(2026, 10, 21, 9, 4) }],
    ['Event', { StartDateTime: '2026-11-21T09:04:00-05:00' }, { StartDateTime: Date.UTC(2026, 10, 21, 14, 4) }],
    ['Event', { StartDateTime: null }, { StartDateTime: null }],
  ])('%s %j', (object, json, row) => {
    expect(rowOf(object, json)).toEqual(row);
  });
});

describe('what does not fit is refused with the field', () => {
  test.each([
    ['Account', { NumberOfEmployees: 1.5 }, 'Cannot deserialize instance of int from VALUE_NUMBER_FLOAT value 1.5'],
    ['Account', { NumberOfEmployees: ' ' }, 'Cannot deserialize instance of int from VALUE_STRING value  '],
    ['Account', { AnnualRevenue: true }, 'Cannot deserialize instance of currency from VALUE_TRUE value true'],
    ['Opportunity', { CloseDate: '2026-02-30' }, 'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30'],
    ['Opportunity', { CloseDate: '18.12.2026' }, 'Cannot deserialize instance of date from VALUE_STRING value 18.12.2026'],
    ['Opportunity', { CloseDate: 20261218 }, 'Cannot deserialize instance of date from VALUE_NUMBER_INT value 20261218'],
    ['Opportunity', { IsPrivate: 'yes' }, 'Cannot deserialize instance of boolean from VALUE_STRING value yes'],
    ['Event', { StartDateTime: '2026-11-21 09:04' }, 'Cannot deserialize instance of datetime from VALUE_STRING value 2026-11-21 09:04'],
    ['Account', { Name: [] }, 'Cannot deserialize instance of string from START_ARRAY'],
  ])('%s %j', (object, json, message) => {
    const error = new RestError(400, 'JSON_PARSER_ERROR', `${message} or request may be missing a required field`, Object.keys(json));
    expect(() => rowOf(object, json)).toThrow(error);
  });
});
