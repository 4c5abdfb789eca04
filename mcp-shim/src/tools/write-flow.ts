import { ContractError } from '../errors.ts';
import { cleanJson, cleanText, maxFieldLength } from '../untrusted-text.ts';
import type { Approval } from '../writes/approval.ts';
import type { PendingWrite, Settled } from '../writes/pending-writes.ts';
import type { Confirmation, WriteIntent } from '../writes/write-client.ts';
import type { ChangeOutcome, PreviewOutcome } from '../writes/write-outcome.ts';
import type { ToolContext } from './tool.ts';

/** A write as its tool has checked it. */
export interface PreparedWrite {
  operation: string;
  intent: WriteIntent;
  /** How messages call the field. */
  fieldLabel: string;
  /** The line that a person approves. */
  changeLine: (outcome: PreviewOutcome) => string;
}

/**
 * Tries the write in the org and returns what a person has to approve; where the client lets us ask, the person is asked at
 * once and the approved write is made in the same call.
 */
export async function previewWrite(prepared: PreparedWrite, context: ToolContext) {
  const { operation, intent, fieldLabel } = prepared;
  const outcome = await context.writes.preview(operation, intent, context.signal);
  const requested = outcome.changes.filter((change) => change.requested);
  const write: PendingWrite = {
    operation,
    intent,
    expected: Object.fromEntries(requested.map((change) => [change.field, change.old])),
    change: prepared.changeLine(outcome),
    fieldLabel,
  };
  // Too large for a commit with the old value? Better to know before a person is asked.
  context.writes.commitRequest(operation, toCommit(write, 'token'));
  const { token, expiresAt } = context.pending.add(write);
  const answer = context.askPerson ? await askAbout(write, outcome, token, context) : 'no_answer';
  if (answer === 'approved') return confirmPending(token, write.change, 'elicitation', context);
  const warnings = outcome.changed ? [] : ['The field already holds this value.'];
  return {
    status: 'confirmation_required' as const,
    change: write.change,
    changes: shownChanges(outcome.changes),
    confirmation_token: token,
    expires_at: expiresAt.toISOString(),
    ...recordOf(outcome, context),
    ...(warnings.length === 0 ? {} : { meta: { warnings } }),
  };
}

/** Commits what is held under the token. */
export async function confirmPending(token: string, change: string, confirmation: Confirmation, context: ToolContext) {
  const write = context.pending.peek(token, change);
  const settled = await context.pending.confirm(token, change, (held) =>
    context.writes.commit(held.operation, toCommit(held, confirmation), context.signal),
  );
  return toCommitted(write.fieldLabel, settled, context);
}

/** Commits without a preview: the host's own dialog has shown the arguments, and no value that a conflict could be seen by. */
export async function commitAtOnce(prepared: PreparedWrite, context: ToolContext) {
  const outcome = await context.writes.commit(prepared.operation, { ...prepared.intent, confirmation: 'host' }, context.signal);
  return toCommitted(prepared.fieldLabel, { outcome, replayed: false }, context);
}

/** The commit of a held write. */
export function toCommit({ intent, expected }: PendingWrite, confirmation: Confirmation) {
  return { ...intent, confirmation, expected };
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

function question(write: PendingWrite, outcome: PreviewOutcome): string {
  const effects = outcome.changes.filter((change) => !change.requested);
  return [
    write.change,
    ...effects.slice(0, 10).map(({ field, old, new: next }) => `Also: ${field} ${shortText(old)} → ${shortText(next)}`),
    ...(effects.length > 10 ? [`Also: ${effects.length - 10} more fields`] : []),
    ...(write.intent.justification === undefined ? [] : [`Why: ${cleanText(write.intent.justification, 500)}`]),
    'Write this to Salesforce?',
  ].join('\n');
}

function shortText(value: unknown): string {
  return value === null || value === ''
    ? '(empty)'
    : cleanText(typeof value === 'string' ? value : JSON.stringify(value), 120).replace(/\s+/g, ' ');
}

function toCommitted(fieldLabel: string, settled: Settled, context: ToolContext) {
  const { outcome } = settled;
  return {
    status: 'committed' as const,
    success: true as const,
    message: messageFor(fieldLabel, settled),
    changes: shownChanges(outcome.changes),
    audit_id: outcome.audit_ids[0] ?? '',
    ...recordOf(outcome, context),
    ...(settled.replayed || outcome.replayed ? { meta: { replayed: true } } : {}),
  };
}

function recordOf(outcome: Pick<PreviewOutcome, 'request_id' | 'record_id' | 'record_label'>, context: ToolContext) {
  return {
    request_id: outcome.request_id,
    record_id: outcome.record_id,
    record_label: cleanText(outcome.record_label ?? outcome.record_id, 255),
    url: `${context.config.instanceUrl}/${outcome.record_id}`,
  };
}

function shownChanges(changes: readonly ChangeOutcome[]) {
  return changes.map((change) => ({ ...change, old: cleanJson(change.old, maxFieldLength), new: cleanJson(change.new, maxFieldLength) }));
}

function messageFor(fieldLabel: string, { outcome, replayed }: Settled): string {
  const audit = `Audit row ${outcome.audit_ids[0] ?? '(none)'}.`;
  if (replayed) return `This change had been confirmed before; nothing was written again. ${audit}`;
  const others = outcome.changes.filter((change) => !change.requested).map((change) => change.field);
  const moved = others.length === 0 ? '' : ` Automation also changed ${others.join(', ')}.`;
  return outcome.changed
    ? `${fieldLabel} was updated.${moved} ${audit}`
    : `${fieldLabel} already held this value; the request was audited. ${audit}`;
}
