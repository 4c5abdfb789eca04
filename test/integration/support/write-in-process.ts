import type { LocalOrg } from '../../local-org/src/org-types.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One write as a user, whole and at once in this process: what a rival in the middle of another request has to be. */
export function writeInProcess(org: LocalOrg, username: string, operation: string, body: unknown): Answer {
  const call = {
    method: 'POST',
    path: `/revops/v1/writes/${operation}`,
    query: new Map<string, string>(),
    headers: new Map([['Content-Type', 'application/json']]),
    body: Buffer.from(JSON.stringify(body)),
  } as const;
  const answer = org.transaction(org.user(username), (tx) => org.engine.rest(call, tx));
  return { status: answer.status, body: JSON.parse(answer.body.toString('utf8')) as unknown };
}
