import { USER_MODE } from '../../local-org/src/access/types.ts';
import { executeDml } from '../../local-org/src/dml/execute-dml.ts';
import type { DmlOperation, DmlResult } from '../../local-org/src/dml/types.ts';
import type { LocalOrg } from '../../local-org/src/org-types.ts';
import type { Value } from '../../local-org/src/schema/types.ts';
import type { Point, Watch } from '../../local-org/src/transaction/races.ts';
import { writeInProcess, type Answer } from './write-in-process.ts';

const COLLEAGUE = 'dana.whitfield@larkfield.example';
const FIELD = 'NextStep';
const BEFORE = 'Call the buyer';
const OURS = 'Send the order form';
const THEIRS = 'Wait for legal';

/** Posts a body to `update_field` as the shim's user. */
export type SendWrite = (body: unknown) => Promise<Answer> | Answer;

/** What somebody else does to the record meanwhile. It answers null where it succeeded, else the error code. */
interface RivalKind {
  readonly run: (org: LocalOrg, dealId: string) => string | null;
  /** What it is told when the record is locked. */
  readonly lockError: string;
  /** Audit rows that it leaves where it succeeds. */
  readonly rows: readonly Change[];
  /** What the field holds once it has succeeded; null: the record is gone. */
  readonly leaves: string | null;
}

/** A committed change as the audit rows tell it. */
interface Change {
  readonly from: string | null;
  readonly to: string | null;
}

export const RIVALS: Readonly<Record<string, RivalKind>> = {
  'another update_field': {
    run: (org, dealId) =>
      errorCode(writeInProcess(org, COLLEAGUE, 'update_field', request(dealId, THEIRS, { mode: 'commit', expecting: true }))),
    lockError: 'ROW_LOCKED',
    rows: [{ from: BEFORE, to: THEIRS }],
    leaves: THEIRS,
  },
  'an edit past the service': {
    run: (org, dealId) => dmlError(changeRecord(org, 'update', dealId, { [FIELD]: THEIRS })),
    lockError: 'UNABLE_TO_LOCK_ROW',
    rows: [],
    leaves: THEIRS,
  },
  'a delete': {
    run: (org, dealId) => dmlError(changeRecord(org, 'delete', dealId, {})),
    lockError: 'UNABLE_TO_LOCK_ROW',
    rows: [],
    leaves: null,
  },
};

/** What the `update_field` in the middle of which a rival runs asks for. */
export interface RaceTerms {
  readonly mode: 'commit' | 'preview';
  /** Whether it carries the value that the caller saw. */
  readonly expecting: boolean;
}

/** Every combination of terms. */
export const TERMS: readonly RaceTerms[] = (['commit', 'preview'] as const).flatMap((mode) =>
  [true, false].map((expecting) => ({ mode, expecting })),
);

/** The points of an `update_field` that nobody disturbs. */
export async function pointsOfUpdate(org: LocalOrg, send: SendWrite, terms: RaceTerms): Promise<readonly Point[]> {
  const dealId = createDeal(org);
  const watch = org.trace();
  const answer = await send(request(dealId, OURS, terms));
  if (answer.status !== 200) throw new Error(`the undisturbed write was refused: ${JSON.stringify(answer)}`);
  return watch.points;
}

/** How one race ended. */
export interface RaceReport {
  readonly point: Point;
  readonly lockedOut: boolean;
  /** In words, each thing that must not be; empty where the race ended as it should. */
  readonly violations: readonly string[];
}

/**
 * Runs an `update_field` on a deal of its own with a rival before its nth point, and judges what both were told against what
 * the org then holds: no change lost, none without its row, no row without its change.
 */
export async function race(org: LocalOrg, send: SendWrite, rivalName: string, before: number, terms: RaceTerms): Promise<RaceReport> {
  const rival = RIVALS[rivalName];
  if (!rival) throw new Error(`there is no rival called ${rivalName}`);
  const dealId = createDeal(org);
  let told: string | null | undefined;
  const watch: Watch = org.interleave({ before, run: () => (told = rival.run(org, dealId)) });
  const answer = await send(request(dealId, OURS, terms));
  if (!watch.outcome || told === undefined)
    throw new Error(`the write ended after ${watch.points.length} points: no rival ran before ${before}`);

  const { point, lockedOut } = watch.outcome;
  const ran = told === null;
  const violations: string[] = [];
  const expect = (what: string, actual: unknown, wanted: unknown): void => {
    const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)];
    if (is !== should) violations.push(`${what}: ${is}, not ${should}`);
  };
  expect('what the rival was told', told, lockedOut ? rival.lockError : null);
  const found = ran ? rival.leaves : BEFORE;
  const code = !ran ? null : found === null ? 'NOT_FOUND' : terms.expecting ? 'CONFLICT' : null;
  expect('what the caller was told', errorCode(answer), code);
  if (code === null) expect('the old value that the caller was told', oldValue(answer), found);
  const done = code === null && terms.mode === 'commit';
  expect('what the record holds', nextStep(org, dealId), done ? OURS : found);
  const rows = [...(ran ? rival.rows : []), ...(done ? [{ from: found, to: OURS }] : [])];
  expect('the audit rows of changes', auditRows(org, dealId, false), rows);
  expect('the audit rows of failures', auditRows(org, dealId, true).length, code === 'CONFLICT' ? 1 : 0);
  return { point, lockedOut, violations };
}

let requests = 0;

function request(dealId: string, value: string, { mode, expecting }: RaceTerms): unknown {
  return {
    request_id: `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
    mode,
    justification: 'Agreed with the account owner',
    client: 'race',
    ...(mode === 'commit' ? { confirmation: 'console' } : {}),
    input: { object_type: 'Opportunity', object_id: dealId, field_name: FIELD, new_value: value },
    ...(expecting ? { expected: { [FIELD]: BEFORE } } : {}),
  };
}

function createDeal(org: LocalOrg): string {
  const deal = { Name: 'Acme renewal', StageName: 'Qualification', CloseDate: '2026-12-18', [FIELD]: BEFORE };
  const { id, errors } = changeRecord(org, 'insert', null, deal);
  if (id === null) throw new Error(`the deal of a race could not be made: ${JSON.stringify(errors)}`);
  return id;
}

function changeRecord(org: LocalOrg, operation: DmlOperation, id: string | null, values: Readonly<Record<string, Value>>): DmlResult {
  const found = org.schema.object('Opportunity');
  if (found.kind !== 'known') throw new Error('the org has no Opportunity');
  const record = { object: found.def, id, values: new Map(Object.entries(values)) };
  const [result] = org.transaction(org.user(COLLEAGUE), (tx) =>
    executeDml(operation, [record], { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) }, tx),
  );
  if (!result) throw new Error('DML answered nothing for a record');
  return result;
}

function dmlError(result: DmlResult): string | null {
  return result.errors[0]?.statusCode ?? null;
}

function errorCode({ status, body }: Answer): string | null {
  if (status === 200) return null;
  const { error } = body as { error?: { code?: string } };
  return error?.code ?? `HTTP ${status}`;
}

function oldValue({ body }: Answer): unknown {
  const { changes } = body as { changes?: readonly { field: string; old: unknown }[] };
  return changes?.find((change) => change.field === FIELD)?.old;
}

function nextStep(org: LocalOrg, dealId: string): unknown {
  const [row] = org.store.select('SELECT "NextStep" FROM "Opportunity" WHERE "Id" = ? AND "IsDeleted" = 0', [dealId]);
  return row ? row[0] : null;
}

/** Old and new values of a deal's rows, in the order in which they were written. */
function auditRows(org: LocalOrg, dealId: string, failed: boolean): Change[] {
  const which = failed ? '"Failed__c" = 1' : '"Failed__c" = 0 AND "Changed__c" = 1';
  const sql = `SELECT "Old_Value__c", "New_Value__c" FROM "Cleanup_Audit__c" WHERE "Record_Id__c" = ? AND ${which} ORDER BY "Name"`;
  return org.store.select(sql, [dealId]).map(([from, to]) => ({ from: from as string | null, to: to as string | null }));
}
