import { NotSupported } from '../../errors.ts';
import type { Value } from '../../schema/types.ts';
import { outOfRange } from '../dml-errors.ts';
import { currentValue, fieldOf, isChanged, isGiven } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { valueRow } from './set-up-rows.ts';

/**
 * The stage decides whether an opportunity is closed and won, and, unless they are given with it, its probability and
 * forecast category. LastStageChangeDate stays empty until the stage first changes.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
export const opportunityStage: DerivedRule = {
  objects: ['Opportunity'],
  beforeSave(record, tx) {
    const { object, values, old } = record;
    if (values.has('ContactId') && values.get('ContactId') !== null && old === null) {
      throw new NotSupported('Opportunity.ContactId, for which the platform makes an OpportunityContactRole');
    }
    const givenProbability = isGiven(record, 'Probability') ? (values.get('Probability') ?? null) : null;
    const givenCategory = isGiven(record, 'ForecastCategoryName') ? (values.get('ForecastCategoryName') ?? null) : null;
    if (isChanged(record, 'StageName')) {
      const stage = valueRow(tx, 'OpportunityStage', currentValue(record, 'StageName'));
      if (!stage)
        throw new NotSupported(`the opportunity stage ${String(values.get('StageName'))}, which is no OpportunityStage of this org`);
      const of = (name: string): Value => stage.get(name) ?? null;
      values.set('IsClosed', of('IsClosed'));
      values.set('IsWon', of('IsWon'));
      values.set('Probability', givenProbability ?? of('DefaultProbability'));
      values.set('ForecastCategoryName', givenCategory ?? of('ForecastCategoryName'));
      values.set('ForecastCategory', of('ForecastCategory'));
      if (old !== null) values.set('LastStageChangeDate', Math.floor(tx.now() / 1000) * 1000);
    }
    if (givenCategory !== null) values.set('ForecastCategory', categoryOf(record.object.fields, givenCategory));
    if (typeof givenProbability === 'number' && (givenProbability < 0 || givenProbability > 100)) {
      record.errors.push(outOfRange(fieldOf(object, 'Probability'), givenProbability));
    }
  },
};

/** The API value of a forecast category's name: both picklists list the categories in the same order. */
function categoryOf(fields: ReadonlyMap<string, { readonly picklistValues: readonly { readonly value: string }[] }>, name: Value): Value {
  const names = fields.get('forecastcategoryname')?.picklistValues ?? [];
  const category = fields.get('forecastcategory')?.picklistValues[names.findIndex((entry) => entry.value === name)];
  if (!category) throw new NotSupported(`the forecast category ${String(name)}`);
  return category.value;
}
