import { USER_MODE } from '../../local-org/src/access/types.ts';
import { executeDml } from '../../local-org/src/dml/execute-dml.ts';
import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { ObjectDef, Value } from '../../local-org/src/schema/types.ts';

const ADMINISTRATOR = 'sam.okafor@larkfield.example';

/** All who write in the suites: the shim's user, a colleague, and the administrator. */
const WRITERS = ['revops.integration@larkfield.example', 'dana.whitfield@larkfield.example', ADMINISTRATOR];

/** Assigns the permission set that the write service asks of its users; does nothing where the service is not deployed. */
export function letWrite(org: LocalOrg): void {
  const [permissionSetId] = org.store.findIds(objectNamed(org, 'PermissionSet'), 'Name', 'RevOps_MCP_User');
  if (permissionSetId === undefined) return;
  const object = objectNamed(org, 'PermissionSetAssignment');
  // A company that is loaded with the org has it assigned already.
  const holders = org.store.findIds(object, 'PermissionSetId', permissionSetId).map((id) => org.store.get(object, id)?.get('AssigneeId'));
  const records = WRITERS.map((username) => org.user(username).id)
    .filter((id) => !holders.includes(id))
    .map((id) => ({
      object,
      id: null,
      values: new Map<string, Value>([
        ['AssigneeId', id],
        ['PermissionSetId', permissionSetId],
      ]),
    }));
  const results = org.transaction(org.user(ADMINISTRATOR), (tx) =>
    executeDml('insert', records, { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) }, tx),
  );
  const [error] = results.flatMap(({ errors }) => errors);
  if (error) throw new Error(`RevOps_MCP_User cannot be assigned: ${error.statusCode} ${error.message}`);
}

function objectNamed(org: LocalOrg, name: string): ObjectDef {
  const found = org.schema.object(name);
  if (found.kind !== 'known') throw new Error(`the org has no ${name}`);
  return found.def;
}
