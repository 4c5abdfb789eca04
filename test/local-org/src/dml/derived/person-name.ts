import { currentValue } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';

/**
 * The full name of a person: first and last name, without the salutation.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm
 */
export const personName: DerivedRule = {
  objects: ['Contact', 'Lead', 'User'],
  beforeSave(record) {
    const parts = [currentValue(record, 'FirstName'), currentValue(record, 'LastName')].filter((part) => part !== null);
    record.values.set('Name', parts.join(' '));
  },
};
