import type { Schema } from './schema/types.ts';
import type { Store } from './store/types.ts';
import type { RunningUser } from './transaction/types.ts';

/** The user of an id as code that runs in its name sees it; null where there is none. */
export function runningUser(schema: Schema, store: Store, id: string): RunningUser | null {
  const object = schema.object('User');
  if (object.kind !== 'known') throw new Error('the schema has no User object');
  const row = store.get(object.def, id);
  if (!row) return null;
  const text = (field: string): string => {
    const value = row.get(field);
    if (typeof value !== 'string') throw new Error(`the user ${id} has no ${field}`);
    return value;
  };
  return {
    id: text('Id'),
    username: text('Username'),
    name: text('Name'),
    email: text('Email'),
    profileId: text('ProfileId'),
    timeZone: text('TimeZoneSidKey'),
    locale: text('LocaleSidKey'),
    language: text('LanguageLocaleKey'),
    userType: text('UserType'),
  };
}

/** The id of the active user of a username, in any case; null where there is none. */
export function findActiveUserId(schema: Schema, store: Store, username: string): string | null {
  const object = schema.object('User');
  if (object.kind !== 'known') throw new Error('the schema has no User object');
  const [id] = store.findIds(object.def, 'Username', username);
  return id !== undefined && store.get(object.def, id)?.get('IsActive') === true ? id : null;
}
