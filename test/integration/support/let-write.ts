import { USER_MODE } from '../../local-org/src/access/types.ts';
import { executeDml } from '../../local-org/src/dml/execute-dml.ts';
import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { ObjectDef, Value } from '../../local-org/src/schema/types.ts';

const ADMINISTRATOR = 'sam.okafor@larkfield.example';

/** All who write in the suites: the shim's user, a colleague, and the administrator. */
const WRITERS = ['revops.integration@larkfield.example', 'dana.whitfield@larkfield.example', ADMINISTRATOR];

/** Assigns the permission set that the write service asks of its users; does nothing where the service is not deployed. */
export function letWrite(org: LocalOrg): void {
  assignPermissionSet(org, 'RevOps_MCP_User', WRITERS);
}

/** Assigns a permission set to those who do not hold it; does nothing where it is not deployed. */
export function assignPermissionSet(org: LocalOrg, name: string, usernames: readonly string[]): void {
  const [permissionSetId] = org.store.findIds(objectNamed(org, 'PermissionSet'), 'Name', name);
  if (permissionSetId === undefined) return;
  const object = objectNamed(org, 'PermissionSetAssignment');
  const sql = 'SELECT "AssigneeId" FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ?';
  const holders = new Set(org.store.select(sql, [permissionSetId]).map(([assigneeId]) => assigneeId));
  const records = usernames
    .map((username) => org.user(username).id)
    .filter((assigneeId) => !holders.has(assigneeId))
    .map((assigneeId) => ({
      object,
      id: null,
      values: new Map<string, Value>([
        ['AssigneeId', assigneeId],
        ['PermissionSetId', permissionSetId],
      ]),
    }));
  const results = org.transaction(org.user(ADMINISTRATOR), (tx) =>
    executeDml('insert', records, { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) }, tx),
  );
  const [error] = results.flatMap(({ errors }) => errors);
  if (error) throw new Error(`${name} cannot be assigned: ${error.statusCode} ${error.message}`);
}

function objectNamed(org: LocalOrg, name: string): ObjectDef {
  const found = org.schema.object(name);
  if (found.kind !== 'known') throw new Error(`the org has no ${name}`);
  return found.def;
}
