import type { ObjectDef, Schema, Value } from '../src/schema/types.ts';
import type { Store } from '../src/store/types.ts';
import { loadRecord, type Stamp } from './load-records.ts';
import { setupUser } from './setup-records.ts';

const REPS = ['rep1', 'rep2', 'rep3', 'rep4', 'rep5', 'rep6', 'rep7', 'rep8'];

/** Who of the demo company has which permission set, for those that are deployed. */
const ASSIGNED: Readonly<Record<string, readonly string[]>> = {
  RevOps_MCP_User: [...REPS, 'east', 'west', 'vp', 'integration', 'restricted'],
  RevOps_CRM_Access: [...REPS, 'east', 'west', 'vp', 'integration'],
  Forecast_Team: [...REPS, 'east', 'west', 'vp', 'integration'],
  Sales_Rep_Restricted: ['restricted'],
};

/** Brings the PermissionSet records up to the permission sets that are deployed; each keeps its id, and what is gone is unassigned. */
export function savePermissionSets(store: Store, schema: Schema, stamp: Stamp): void {
  const object = known(schema, 'PermissionSet');
  const deployed = new Set(schema.permissions.permissionSets.map(({ name }) => name.toLowerCase()));
  for (const id of store.findIds(object, 'IsCustom', true)) {
    if (deployed.has(String(store.get(object, id)?.get('Name')).toLowerCase())) continue;
    const assignments = known(schema, 'PermissionSetAssignment');
    for (const assignment of store.findIds(assignments, 'PermissionSetId', id)) store.remove(assignments, assignment);
    store.remove(object, id);
  }
  for (const { name, label, description } of schema.permissions.permissionSets) {
    const [id] = store.findIds(object, 'Name', name);
    if (id !== undefined)
      store.update(object, id, new Map<string, Value>([['Label', label], ['Description', description]])); // prettier-ignore
    else
      loadRecord(
        store,
        schema,
        'PermissionSet',
        { Name: name, Label: label, Description: description, IsCustom: true, Type: 'Regular' },
        stamp,
      );
  }
}

/** Assigns the permission sets of the demo company that are deployed, where that has not been done yet. */
export function assignPermissionSets(store: Store, schema: Schema, stamp: Stamp): void {
  const assignments = known(schema, 'PermissionSetAssignment');
  for (const { name } of schema.permissions.permissionSets) {
    const [id] = store.findIds(known(schema, 'PermissionSet'), 'Name', name);
    if (id === undefined) throw new Error(`no PermissionSet record for ${name}`);
    const has = new Set(store.findIds(assignments, 'PermissionSetId', id).map((each) => store.get(assignments, each)?.get('AssigneeId')));
    for (const key of ASSIGNED[name] ?? []) {
      const user = setupUser(key);
      if (!has.has(user.id)) loadRecord(store, schema, 'PermissionSetAssignment', { PermissionSetId: id, AssigneeId: user.id }, stamp);
    }
  }
}

function known(schema: Schema, name: string): ObjectDef {
  const found = schema.object(name);
  if (found.kind !== 'known') throw new Error(`the schema has no ${name} object`);
  return found.def;
}
