import { NotSupported } from '../../errors.ts';
import type { DmlError } from '../types.ts';
import { currentValue, isChanged } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { referenced } from './set-up-rows.ts';

const DUPLICATE_USERNAME: DmlError = {
  statusCode: 'DUPLICATE_USERNAME',
  message:
    'Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across ' +
    "all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
  fields: ['Username'],
};

/**
 * A user's type follows from the profile and the nickname from the username; usernames are unique.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
 */
export const userDefaults: DerivedRule = {
  objects: ['User'],
  beforeSave(record, tx) {
    const { object, values } = record;
    const username = currentValue(record, 'Username');
    if (typeof username !== 'string') throw new Error('a user without a username');
    if (isChanged(record, 'ProfileId')) {
      const type = referenced(tx, currentValue(record, 'ProfileId'))?.row.get('UserType');
      if (typeof type !== 'string') throw new NotSupported('a user of a profile without a user type');
      values.set('UserType', type);
    }
    if (record.old === null && (values.get('CommunityNickname') ?? null) === null) {
      values.set('CommunityNickname', (username.split('@')[0] ?? username).slice(0, 40));
    }
    if (isChanged(record, 'Username') && tx.store.findIds(object, 'Username', username).some((id) => id !== record.id)) {
      record.errors.push(DUPLICATE_USERNAME);
    }
  },
};
