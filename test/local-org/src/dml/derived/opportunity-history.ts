import type { Value } from '../../schema/types.ts';
import { auditFields } from '../defaults.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { knownObject } from './set-up-rows.ts';

const TRACKED = ['StageName', 'Amount', 'CloseDate', 'Probability', 'ForecastCategory'] as const;
const COPIED = [...TRACKED, 'ExpectedRevenue'] as const;

/**
 * A row of OpportunityHistory when an opportunity is made and whenever stage, amount, close date, probability or forecast
 * category change.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunityhistory.htm
 */
export const opportunityHistory: DerivedRule = {
  objects: ['Opportunity'],
  afterWrite(operation, record, tx) {
    if (operation !== 'insert' && operation !== 'update') return;
    if (record.id === null || !TRACKED.some((field) => isChanged(record, field))) return;
    const history = knownObject(tx, 'OpportunityHistory');
    const id = tx.store.nextId(history);
    const row = new Map<string, Value>([
      ['Id', id],
      ...auditFields('create', history, tx),
      ['OpportunityId', record.id],
      ...COPIED.map((field): [string, Value] => [field, currentValue(record, field)]),
      ['PrevAmount', record.old?.get('Amount') ?? null],
      ['PrevCloseDate', record.old?.get('CloseDate') ?? null],
      ...(history.fields.has('currencyisocode') ? [['CurrencyIsoCode', currentValue(record, 'CurrencyIsoCode')] as const] : []),
    ]);
    tx.store.insert(history, row);
    if (record.old === null) return;
    const pointers = new Map<string, Value>();
    if (isChanged(record, 'Amount')) pointers.set('LastAmountChangedHistoryId', id);
    if (isChanged(record, 'CloseDate')) pointers.set('LastCloseDateChangedHistoryId', id);
    tx.store.update(record.object, record.id, pointers);
    for (const [name, value] of pointers) record.values.set(name, value);
  },
};
