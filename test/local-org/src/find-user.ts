import { toRunningUser } from './access/to-running-user.ts';
import type { ObjectDef, Schema } from './schema/types.ts';
import type { Store } from './store/types.ts';
import type { RunningUser } from './transaction/types.ts';

/** The user of an id; null where there is none. */
export function userById(schema: Schema, store: Store, id: string): RunningUser | null {
  const row = store.get(userObject(schema), id);
  return row ? toRunningUser(row) : null;
}

/** The active user of a username, in any case; null where there is none. */
export function activeUserByUsername(schema: Schema, store: Store, username: string): RunningUser | null {
  const object = userObject(schema);
  const [id] = store.findIds(object, 'Username', username);
  const row = id === undefined ? undefined : store.get(object, id);
  return row?.get('IsActive') === true ? toRunningUser(row) : null;
}

function userObject(schema: Schema): ObjectDef {
  const object = schema.object('User');
  if (object.kind !== 'known') throw new Error('the schema has no User object');
  return object.def;
}
