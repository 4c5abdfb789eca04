import { z } from 'zod';
import { showTrail } from './audit.ts';
import { showCommitsAtRisk, showStaleDeals, showSummary } from './forecast.ts';
import { showPipeline } from './pipeline.ts';
import { bold, cell, cyan, dim, green, labelled, red, say } from './screen.ts';
import type { ShimProcess, ToolAnswer } from './shim-process.ts';

const Rows = z.object({ rows: z.array(z.array(z.unknown())) });
const Change = z.object({ field: z.string(), old: z.unknown(), new: z.unknown(), requested: z.boolean() });
const Preview = z.object({ change: z.string(), confirmation_token: z.string(), changes: z.array(Change) });
const Committed = z.object({ message: z.string(), audit_id: z.string() });

/** What the session needs from the world around the shim: somebody else changing a record meanwhile. */
export interface Colleague {
  readonly name: string;
  change(recordId: string, field: string, value: string): Promise<void>;
}

/** Who takes part: the server of a user who may see all deals, and that of one who may not see amounts. */
export interface Cast {
  readonly shim: ShimProcess;
  readonly restricted: ShimProcess;
  readonly colleague: Colleague;
}

/** A forecast review: the numbers, what is at risk and why, one audited correction and its undo, and what the org does not let pass. */
export async function playSession({ shim, restricted, colleague }: Cast): Promise<void> {
  title('1', 'What is in the pipeline, and how far can we trust it?');
  await showSummary(shim);

  title('2', 'Which commits of this quarter are at risk, and why?');
  const deal = await showCommitsAtRisk(shim, today());

  title('3', 'Which deals have gone stale?');
  await showStaleDeals(shim);

  title('4', 'Move the close date of a commit: tried in the org first, so the preview shows what the customer’s own trigger does with it');
  const later = shift(deal.closes, 3);
  const fix = await approve(shim, 'update_field', closeDate(deal.id, later, 'Legal needs until then, says the owner'));

  title('5', 'A mistake: legal is done after all. The change is undone by its audit row, previewed and audited like any other');
  await approve(shim, 'revert_change', { audit_id: fix, justification: 'Legal signed today after all' });

  title('6', 'What the org does not let pass');
  const past = await shim.call('update_field', closeDate(deal.id, shift(today(), -7), 'Backdated by mistake'), Preview);
  say(labelled(cyan, 'a rule', 'The customer’s validation rule: a committed deal may not close in the past'));
  refusal(past);
  const late = await shim.must('update_field', closeDate(deal.id, shift(later, 14), 'Procurement needs two more weeks'), Preview);
  say(labelled(cyan, 'too late', `${late.change}, but ${colleague.name} changes the date before it is approved`));
  await colleague.change(deal.id, 'CloseDate', shift(later, 7));
  refusal(await shim.call('confirm_write', { change: late.change, confirmation_token: late.confirmation_token }, Committed));

  title('7', 'The audit trail of the deal: every change and every attempt, in Salesforce');
  await showTrail(shim, deal.id);

  title('8', 'Nina prepares contracts and may not see amounts: the pipeline of 90 days, asked as her');
  await showPipeline(restricted);
  refusal(await restricted.call('query', { soql: `SELECT Name, Amount FROM Opportunity WHERE Id = '${deal.id}'` }, Rows));
}

/** Previews a write, shows what it would do, and approves it as a person would. @returns the id of the audit row */
async function approve(shim: ShimProcess, tool: string, args: Record<string, unknown>): Promise<string> {
  const preview = await shim.must(tool, args, Preview);
  say(labelled(cyan, 'preview', preview.change));
  for (const { field, new: now } of preview.changes.filter(({ requested }) => !requested)) {
    say(labelled(dim, 'moves too', `${field} → ${cell(now)}`));
  }
  const done = await shim.must('confirm_write', { change: preview.change, confirmation_token: preview.confirmation_token }, Committed);
  say(labelled(green, 'approved', done.message));
  return done.audit_id;
}

function title(number: string, text: string): void {
  say(`\n${bold(`${number}  ${text}`)}`);
}

function closeDate(id: string, value: string, justification: string): Record<string, unknown> {
  return { object_type: 'Opportunity', object_id: id, field_name: 'CloseDate', new_value: value, justification };
}

/** Prints why a call was refused; the session shows refusals, so a call that was let pass ends it. */
function refusal(answer: ToolAnswer<unknown>): void {
  if (answer.ok) throw new Error('a call that had to be refused was let pass');
  const cause = z.string().catch(answer.code).parse(answer.details['cause']);
  say(labelled(red, 'refused', `${cause}: ${answer.message}`));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
