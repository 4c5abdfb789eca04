import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { Point } from '../../local-org/src/transaction/races.ts';
import { additionTo, CALLER, COLLEAGUE, SCENES } from './race-operations.ts';
import type { Facts, Scene, Wanted } from './race-operations.ts';
import { writeInProcess } from './write-in-process.ts';
import type { Answer } from './write-in-process.ts';

/** Who else sends something while a request is under way. */
export const MEANWHILE = {
  'its twin': { user: CALLER, wants: 'ours', sameId: true },
  'the same request of a colleague': { user: COLLEAGUE, wants: 'ours', sameId: true },
  'another request of the same caller for the same': { user: CALLER, wants: 'ours', sameId: false },
  'a rival who wants something else': { user: COLLEAGUE, wants: 'theirs', sameId: false },
} as const;
export type Meanwhile = keyof typeof MEANWHILE;

export interface Terms {
  readonly mode: 'commit' | 'preview';
  /** Whether the request carries what its caller saw, where the operation takes that. */
  readonly expecting: boolean;
}

interface Row {
  readonly place: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly request: string;
  readonly failed: boolean;
  readonly changed: boolean;
}

export interface TwinReport {
  readonly point: Point;
  readonly lockedOut: boolean;
  /** In words, each thing that must not be. */
  readonly violations: readonly string[];
}

/** Posts as the caller. */
export type Send = (operation: string, body: unknown) => Promise<Answer> | Answer;

/** The points of an operation that nobody disturbs. */
export async function pointsOf(org: LocalOrg, send: Send, operation: string, terms: Terms): Promise<readonly Point[]> {
  const scene = sceneOf(org, operation);
  const watch = org.trace();
  const answer = await send(operation, request(scene.ours, newId(), terms));
  if (answer.status >= 300) throw new Error(`the undisturbed ${operation} was refused: ${JSON.stringify(answer)}`);
  return watch.points;
}

/**
 * Runs an operation on records of its own, with somebody else before its nth point, lets whoever was told to try again do so, and
 * judges: committed rows are the distinct changes, each starts where the one before ended, and everybody was told what is so.
 */
export async function raceTwin(
  org: LocalOrg,
  send: Send,
  operation: string,
  meanwhile: Meanwhile,
  before: number,
  terms: Terms,
): Promise<TwinReport> {
  const scene = sceneOf(org, operation);
  const factsBefore = scene.facts();
  const other = MEANWHILE[meanwhile];
  const ourId = newId();
  const ourBody = request(scene.ours, ourId, terms);
  const theirId = other.sameId ? ourId : newId();
  const theirBody = request(scene[other.wants], theirId, { mode: 'commit', expecting: false });
  const theirOperation = scene[other.wants].operation;
  const sendTheirs = (): Answer => writeInProcess(org, other.user, theirOperation, theirBody);

  let told: Answer | undefined;
  const watch = org.interleave({ before, run: () => (told = sendTheirs()) });
  const answer = await send(operation, ourBody);
  if (!watch.outcome || told === undefined)
    throw new Error(`${operation} ended after ${watch.points.length} points: nobody ran before ${before}`);
  const { point, lockedOut } = watch.outcome;

  const violations: string[] = [];
  const demand = (what: string, actual: unknown, wanted: unknown): void => {
    const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)];
    if (is !== should) violations.push(`${what}: ${is}, not ${should}`);
  };
  demand('what the other was told', codeOf(told), lockedOut ? 'ROW_LOCKED' : null);
  const again = lockedOut ? sendTheirs() : told;
  const isTwin = meanwhile === 'its twin' && terms.mode === 'commit';
  const compares = scene.onlyOnce === true || (terms.expecting && scene.ours.expected !== undefined);
  const mustConflict = !lockedOut && !isTwin && compares;
  const wereTooLate = lockedOut && !isTwin && scene.onlyOnce === true && other.wants === 'ours' && terms.mode === 'commit';
  demand('what the other was told in the end', codeOf(again), wereTooLate ? 'CONFLICT' : null);
  demand('what the caller was told', codeOf(answer), mustConflict ? 'CONFLICT' : null);
  if (isTwin) {
    demand('the answers of twins', withoutReplayed(again), withoutReplayed(answer));
    demand('which of the twins came first', [isReplay(lockedOut ? again : answer), isReplay(lockedOut ? answer : again)], [true, false]);
  }

  const done = terms.mode === 'commit' && !mustConflict;
  const requests = new Set([...(done ? [`${CALLER} ${ourId}`] : []), ...(wereTooLate ? [] : [`${other.user} ${theirId}`])]);
  const rows = rowsOf(org, [ourId, theirId]);
  const committed = rows.filter((row) => !row.failed);
  demand('the requests that have committed rows', [...new Set(committed.map((row) => row.request))].sort(), [...requests].sort());
  demand('the number of failed rows', rows.length - committed.length, mustConflict || wereTooLate ? (scene.rows ?? 1) : 0);
  violations.push(...unlike(committed, factsBefore, scene.facts()));
  return { point, lockedOut, violations };
}

/** What the rows tell, step by step from the facts before, must end at the facts now; no fact may have changed without a row. */
function unlike(rows: readonly Row[], factsBefore: Facts, factsNow: Facts): string[] {
  const told = new Map(factsBefore);
  const violations: string[] = [];
  for (const { place, from, to, changed } of rows) {
    const held = told.get(place) ?? null;
    if (held !== from) violations.push(`a row of ${place} starts from ${String(from)}, and there was ${String(held)}`);
    if (changed !== (from !== to))
      violations.push(`a row of ${place} says changed = ${String(changed)} from ${String(from)} to ${String(to)}`);
    told.set(place, to);
  }
  for (const place of new Set([...told.keys(), ...factsNow.keys()])) {
    const [says, is] = [told.get(place) ?? null, factsNow.get(place) ?? null];
    if (says !== is) violations.push(`${place} is ${String(is)}, and the rows say ${String(says)}`);
  }
  return violations;
}

function sceneOf(org: LocalOrg, operation: string): Scene {
  const scene = SCENES[operation];
  if (!scene) throw new Error(`there is no scene for ${operation}`);
  return scene(org);
}

let ids = 0;
function newId(): string {
  return `00000000-0000-4000-9000-${String(++ids).padStart(12, '0')}`;
}

function request({ input, expected }: Wanted, requestId: string, { mode, expecting }: Terms): unknown {
  return {
    request_id: requestId,
    mode,
    justification: 'Agreed with the account owner',
    client: 'race',
    ...(mode === 'commit' ? { confirmation: 'console' } : {}),
    input,
    ...(expecting && expected ? { expected } : {}),
  };
}

function codeOf({ status, body }: Answer): string | null {
  if (status < 300) return null;
  return (body as { error?: { code?: string } }).error?.code ?? `HTTP ${status}`;
}

function isReplay({ body }: Answer): unknown {
  return (body as { replayed?: unknown }).replayed;
}

/** An answer without its place among its twins, keys in one order. */
function withoutReplayed({ status, body }: Answer): unknown {
  const entries = Object.entries(body as object).filter(([key]) => key !== 'replayed');
  return { status, body: Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1))) };
}

/** Oldest first. What is added to a record is numbered, as in the facts. */
function rowsOf(org: LocalOrg, requestIds: readonly [string, string]): Row[] {
  const sql =
    'SELECT "Record_Id__c", "Field_Name__c", "Old_Value__c", "New_Value__c", "Performed_By__c", "Request_Id__c", "Failed__c", "Changed__c" ' +
    'FROM "Cleanup_Audit__c" WHERE "Request_Id__c" IN (?, ?) ORDER BY "Name"';
  let added = 0;
  return org.store.select(sql, requestIds).map(([record, field, from, to, by, id, failed, changed]) => ({
    place: String(field).startsWith('$') ? additionTo(String(record), String(field), ++added) : `${String(record)} ${String(field)}`,
    from: from as string | null,
    to: to as string | null,
    request: `${String(by)} ${String(id)}`,
    failed: failed === 1,
    changed: changed === 1,
  }));
}
