import type { Value } from '../../schema/types.ts';
import type { Row } from '../../store/types.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { knownObject, referenced } from './set-up-rows.ts';

/** Fields of a case that show a field of its contact. */
const SHOWN: Readonly<Record<string, string>> = {
  ContactPhone: 'Phone',
  ContactMobile: 'MobilePhone',
  ContactEmail: 'Email',
  ContactFax: 'Fax',
};

/**
 * A case shows how to reach its contact, as the contact stands, and belongs to the contact's account unless it is given one.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm
 */
export const caseContact: DerivedRule = {
  objects: ['Case', 'Contact'],
  beforeSave(record, tx) {
    if (record.object.name !== 'Case' || !isChanged(record, 'ContactId')) return;
    const contact = referenced(tx, currentValue(record, 'ContactId'))?.row;
    for (const [name, value] of shown(contact)) record.values.set(name, value);
    if (contact && currentValue(record, 'AccountId') === null) record.values.set('AccountId', contact.get('AccountId') ?? null);
  },
  afterWrite(operation, record, tx) {
    if (record.object.name !== 'Contact' || operation !== 'update' || record.id === null) return;
    if (!Object.values(SHOWN).some((field) => isChanged(record, field))) return;
    const object = knownObject(tx, 'Case');
    const contact = tx.store.get(record.object, record.id);
    for (const id of tx.store.findIds(object, 'ContactId', record.id)) tx.store.update(object, id, shown(contact));
  },
};

function shown(contact: Row | undefined): Row {
  return new Map(Object.entries(SHOWN).map(([field, source]): [string, Value] => [field, contact?.get(source) ?? null]));
}
