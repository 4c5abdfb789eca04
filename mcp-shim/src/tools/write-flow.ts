import { ContractError } from '../errors.ts';
import { cleanJson, cleanText, maxFieldLength } from '../untrusted-text.ts';
import type { Approval } from '../writes/approval.ts';
import { changeLine, oneLine, shown } from '../writes/change-line.ts';
import type { ScalarValue, ShownChange } from '../writes/change-line.ts';
import type { PendingWrite, Settled, WriteReport } from '../writes/pending-writes.ts';
import type { Confirmation, WriteIntent } from '../writes/write-client.ts';
import type { ChangeOutcome, PreviewOutcome, WriteOutcome } from '../writes/write-outcome.ts';
import { labelOf } from './field-labels.ts';
import type { Labels } from './field-labels.ts';
import { nameIn, nameQuery } from './named-record.ts';
import type { NamedArgument } from './named-record.ts';
import { rowsThatFit } from './rows-that-fit.ts';
import type { ToolContext } from './tool.ts';

/** What stands around the changes of an answer, in characters: the line, the message, the record. */
const restOfAnswer = 6_000;
/** Most side effects that the message of a commit names. */
const maxFieldsNamed = 20;

/** A write as its tool has checked it. */
export interface PreparedWrite {
  operation: string;
  intent: WriteIntent;
  labels: Labels;
  names: readonly NamedArgument[];
  /** What the line calls the record that the service calls `label`. */
  record: (label: string) => string;
  /** What is written and is none of the service's `changes`: a person approves it with them. */
  besides: readonly ShownChange[];
  report: (outcome: WriteOutcome) => WriteReport;
}

/**
 * Tries the write in the org and returns what a person has to approve; where the client lets us ask, the person is asked at
 * once and the approved write is made in the same call.
 */
export async function previewWrite(prepared: PreparedWrite, context: ToolContext) {
  const { operation, intent } = prepared;
  const { sandbox, names } = await lookUp(prepared, context);
  const outcome = await context.writes.preview(operation, intent, context.signal);
  const write: PendingWrite = {
    operation,
    intent,
    expected: expectedOf(outcome),
    change: lineFor(outcome, prepared, sandbox, names),
    report: prepared.report,
  };
  // Too large for a commit with the old value? Better to know before a person is asked.
  context.writes.commitRequest(operation, toCommit(write, 'token'));
  const { token, expiresAt } = context.pending.add(write);
  const answer = context.askPerson ? await askAbout(write, outcome, token, context) : 'no_answer';
  if (answer === 'approved') return confirmPending(token, write.change, 'elicitation', context);
  const { changes, notes } = shownChanges(outcome.changes);
  return {
    status: 'confirmation_required' as const,
    change: write.change,
    changes,
    confirmation_token: token,
    expires_at: expiresAt.toISOString(),
    request_id: outcome.request_id,
    ...recordOf(outcome, context),
    ...metaWith({ warnings: outcome.changed ? [] : [alreadySo(outcome)], notes }),
  };
}

/** Commits what is held under the token. */
export async function confirmPending(token: string, change: string, confirmation: Confirmation, context: ToolContext) {
  const write = context.pending.peek(token, change);
  const settled = await context.pending.confirm(token, change, (held, mayHaveRun) =>
    context.writes.commit(held.operation, toCommit(held, confirmation), context.signal, mayHaveRun),
  );
  return toCommitted(write.report, settled, context);
}

/** Commits without a preview: the host's own dialog has shown the arguments, and no value that a conflict could be seen by. */
export async function commitAtOnce(prepared: PreparedWrite, context: ToolContext) {
  const outcome = await context.writes.commit(prepared.operation, { ...prepared.intent, confirmation: 'host' }, context.signal);
  return toCommitted(prepared.report, { outcome, replayed: false }, context);
}

/** The commit of a held write. Where nothing stood before, nothing is expected. */
export function toCommit({ intent, expected }: PendingWrite, confirmation: Confirmation) {
  return { ...intent, confirmation, ...(Object.keys(expected).length === 0 ? {} : { expected }) };
}

/** PRODUCTION must never be guessed; names in one request with it. */
async function lookUp({ names }: PreparedWrite, context: ToolContext) {
  const organization = context.org.organization.pending();
  const queries = [...organization.queries, ...names.map(nameQuery)];
  const answers = queries.length === 0 ? new Map() : await context.salesforce.queries(queries, context.signal);
  return {
    sandbox: organization.resolve(answers).sandbox,
    names: new Map(names.map((name) => [name.field, nameIn(answers, name)])),
  };
}

/** The old values that the preview found: a commit conflicts where they moved. New records and added texts replace nothing. */
function expectedOf({ record_id, changes }: PreviewOutcome): Record<string, unknown> {
  if (record_id === null) return {};
  return Object.fromEntries(changes.filter((change) => change.requested && !isAddition(change)).map(({ field, old }) => [field, old]));
}

/** `$Note` and `$Comment` are texts of their own beside the record (APEX_API, "Objects and metadata"). */
function isAddition({ field }: ChangeOutcome): boolean {
  return field.startsWith('$');
}

/** What would be stored, which may differ from what was asked for. */
function lineFor(outcome: PreviewOutcome, prepared: PreparedWrite, sandbox: boolean, names: ReadonlyMap<string, string>): string {
  const isNew = outcome.record_id === null;
  const changes = outcome.changes
    .filter(({ requested }) => requested)
    .map((change): ShownChange => {
      const label = labelOf(change, prepared.labels);
      const next = names.get(change.field) ?? scalarOf(change.new);
      return isNew || isAddition(change) ? { label, new: next } : { label, old: scalarOf(change.old), new: next };
    });
  const record = prepared.record(outcome.record_label ?? outcome.record_id ?? '');
  return changeLine({ sandbox, record, changes: [...changes, ...prepared.besides] });
}

/** Compound fields were refused, so that the service answers with one value. */
function scalarOf(value: unknown): ScalarValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}

/** @returns approved or no_answer; @throws ContractError where the person said no: then the token is void */
async function askAbout(write: PendingWrite, outcome: PreviewOutcome, token: string, context: ToolContext): Promise<Approval> {
  const answer = await context.askPerson?.(question(write, outcome));
  context.signal.throwIfAborted();
  if (answer !== 'declined' && answer !== 'dismissed') return answer ?? 'no_answer';
  context.pending.discard(token);
  throw new ContractError(
    'PERMISSION_DENIED',
    answer === 'declined'
      ? 'The user declined this change, and nothing was written. Do not try it again unless they ask for it.'
      : 'The user closed the question without an answer, and nothing was written. Ask them before you try again.',
    { cause: answer === 'declined' ? 'DECLINED' : 'DISMISSED', request_id: write.intent.request_id },
  );
}

/** Each thing on a line of its own, which no value and no justification can forge. */
function question(write: PendingWrite, outcome: PreviewOutcome): string {
  const effects = outcome.changes.filter((change) => !change.requested);
  return [
    write.change,
    ...effects.slice(0, 10).map(({ field, old, new: next }) => `Also: ${field} ${shown(scalarOf(old))} → ${shown(scalarOf(next))}`),
    ...(effects.length > 10 ? [`Also: ${effects.length - 10} more fields`] : []),
    ...(write.intent.justification === undefined ? [] : [`Why: ${oneLine(write.intent.justification, 500)}`]),
    'Write this to Salesforce?',
  ].join('\n');
}

function toCommitted(report: PendingWrite['report'], settled: Settled, context: ToolContext) {
  const { outcome } = settled;
  const { done, result } = report(outcome);
  const { changes, notes } = shownChanges(outcome.changes);
  return {
    status: 'committed' as const,
    success: true as const,
    message: messageFor(done, settled),
    ...(cleanJson(result, maxFieldLength) as Record<string, unknown>),
    changes,
    audit_id: outcome.audit_ids[0] ?? '',
    request_id: outcome.request_id,
    ...recordOf(outcome, context),
    ...metaWith({ notes, ...(settled.replayed || outcome.replayed ? { replayed: true } : {}) }),
  };
}

function recordOf({ record_id: id, record_label: label }: Pick<PreviewOutcome, 'record_id' | 'record_label'>, context: ToolContext) {
  if (id === null) return {};
  return { record_id: id, record_label: cleanText(label ?? id, 255), url: `${context.config.instanceUrl}/${id}` };
}

/** All that was asked for, and as many side effects as an answer holds beside it. */
function shownChanges(changes: readonly ChangeOutcome[]) {
  const all = changes.map((change) => ({
    ...change,
    old: cleanJson(change.old, maxFieldLength),
    new: cleanJson(change.new, maxFieldLength),
  }));
  const effects = all.filter(({ requested }) => !requested);
  const asked = all.filter(({ requested }) => requested);
  const fitting = new Set(rowsThatFit(effects, restOfAnswer + JSON.stringify(asked).length));
  const notes =
    fitting.size < effects.length
      ? [`Only ${fitting.size} of ${effects.length} side effects fit into one answer. The audit row keeps them all.`]
      : [];
  return { changes: all.filter((change) => change.requested || fitting.has(change)), notes };
}

/** `meta` of an answer, where there is something to say in it. */
function metaWith(meta: { warnings?: string[]; notes?: string[]; replayed?: true }) {
  const said = Object.fromEntries(Object.entries(meta).filter(([, value]) => value === true || value.length > 0));
  return Object.keys(said).length === 0 ? {} : { meta: said };
}

function alreadySo({ changes }: PreviewOutcome): string {
  const fields = changes.filter(({ requested }) => requested);
  return fields.length === 1 ? 'The field already holds this value.' : 'The fields already hold these values.';
}

function messageFor(done: string, { outcome, replayed }: Settled): string {
  const [first = '(none)', ...others] = outcome.audit_ids;
  const audit = others.length === 0 ? `Audit row ${first}.` : `Audit rows ${[first, ...others].join(', ')}.`;
  if (replayed) return `This change had been confirmed before; nothing was written again. ${audit}`;
  const moved = outcome.changes.filter((change) => !change.requested).map((change) => change.field);
  const also = !outcome.changed || moved.length === 0 ? '' : ` Automation also changed ${listed(moved)}.`;
  return `${done}${also} ${audit}`;
}

function listed(fields: readonly string[]): string {
  const more = fields.length - maxFieldsNamed;
  return more <= 0
    ? fields.join(', ')
    : `${fields.slice(0, maxFieldsNamed).join(', ')} and ${more} more ${more === 1 ? 'field' : 'fields'}`;
}
