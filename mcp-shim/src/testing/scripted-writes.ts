import { modeOf } from './sample-org.ts';

import type { Reply, ScriptedOrg, SeenRequest } from './scripted-org.ts';

export const auditId = 'a0X000000000001EAA';

/** A requested change, as the service answers it. */
export function requested(field: string, old: unknown, next: unknown) {
  return { field, old, new: next, requested: true };
}

interface ScriptedWrite {
  record_id: string;
  record_label: string | null;
  /** A record that is yet to be created has neither id nor label in its preview. */
  creates?: boolean;
  changes: ReturnType<typeof requested>[];
  result?: Record<string, unknown>;
}

/** Answers previews and commits of one operation as the Apex service does. */
export function onWrite(org: ScriptedOrg, operation: string, write: ScriptedWrite): void {
  const { creates = false, record_id, record_label, changes, result = {} } = write;
  org.on((request) => {
    if (request.path !== pathOf(operation)) return undefined;
    const { request_id } = request.body as { request_id: string };
    const isPreview = modeOf(request) === 'preview';
    const named = isPreview && creates ? { record_id: null, record_label: null } : { record_id, record_label };
    return {
      status: !isPreview && creates ? 201 : 200,
      body: {
        request_id,
        status: isPreview ? 'preview' : 'committed',
        replayed: false,
        changed: true,
        audit_ids: isPreview ? [] : [auditId],
        audit_hashes: isPreview ? [] : ['abc123'],
        ...named,
        changes,
        result: isPreview && creates ? {} : result,
      },
    };
  });
}

/** Answers previews and commits of one operation with a refusal. */
export function onRefusal(org: ScriptedOrg, operation: string, status: number, code: string): void {
  const reply: Reply = { status, body: { request_id: 'x', error: { code, message: `The service says ${code}.`, details: {} } } };
  org.onPath(pathOf(operation), reply);
}

export function writesOf(org: ScriptedOrg, operation: string, mode: 'preview' | 'commit'): SeenRequest[] {
  return org.requests.filter((request) => request.path === pathOf(operation) && modeOf(request) === mode);
}

/** Names of records that arguments refer to. */
export function onNames(org: ScriptedOrg, names: Readonly<Record<string, string>>): void {
  for (const [object, name] of Object.entries(names)) {
    org.onQuery(new RegExp(`FROM ${object} WHERE Id = `), [{ [object === 'Case' ? 'CaseNumber' : 'Name']: name }]);
  }
}

function pathOf(operation: string): string {
  return `/services/apexrest/revops/v1/writes/${operation}`;
}
