import { z } from 'zod';
import { showPipeline } from './pipeline.ts';
import { bold, cell, cyan, dim, facts, green, labelled, red, say, table } from './screen.ts';
import type { ShimProcess, ToolAnswer } from './shim-process.ts';

const Rows = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())), returned: z.number() });
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

/** A short, readable session: the forecast, one audited correction, and three writes and reads that the org does not let pass. */
export async function playSession({ shim, restricted, colleague }: Cast): Promise<void> {
  title('1', 'What is in the pipeline for the next 90 days?');
  await showPipeline(shim);

  title('2', 'And what is committed for this quarter?');
  const deal = await showCommitted(shim);

  title('3', 'Move a close date: the preview was tried in the org, so it shows what the customer’s own trigger does with it');
  const later = shift(deal.closes, 3);
  const preview = await shim.must('update_field', closeDate(deal.id, later, 'Legal needs until then, says the owner'), Preview);
  say(labelled(cyan, 'preview', preview.change));
  for (const { field, new: now } of preview.changes.filter(({ requested }) => !requested)) {
    say(labelled(dim, 'moves too', `${field} → ${cell(now)}`));
  }
  const done = await shim.must('confirm_write', { change: preview.change, confirmation_token: preview.confirmation_token }, Committed);
  say(labelled(green, 'committed', `${done.message} The row, written in the same transaction:`));
  await showAudit(shim, done.audit_id);

  title('4', 'The customer’s validation rule has a say, too: a committed deal may not close in the past');
  const past = await shim.call('update_field', closeDate(deal.id, shift(today(), -7), 'Backdated by mistake'), Preview);
  refusal(past);

  title('5', `${colleague.name} changes the close date after it was shown: our write is refused, and the attempt is on record`);
  const late = await shim.must('update_field', closeDate(deal.id, shift(later, 14), 'Procurement needs two more weeks'), Preview);
  say(labelled(cyan, 'preview', late.change));
  await colleague.change(deal.id, 'CloseDate', shift(later, 7));
  const details = refusal(
    await shim.call('confirm_write', { change: late.change, confirmation_token: late.confirmation_token }, Committed),
  );
  await showAudit(shim, z.string().parse(details['audit_id']));
  const now = await query(shim, `SELECT CloseDate FROM Opportunity WHERE Id = '${deal.id}'`);
  say(`\n  The record still says what ${colleague.name} wrote: ${bold(String(now.rows[0]?.[0]))}`);

  title('6', 'Nina prepares contracts and may not see amounts: the same questions, asked as her');
  await showPipeline(restricted);
  refusal(await restricted.call('query', { soql: `SELECT Name, Amount FROM Opportunity WHERE Id = '${deal.id}'` }, Rows));
}

function title(number: string, text: string): void {
  say(`\n${bold(`${number}  ${text}`)}`);
}

function query(shim: ShimProcess, soql: string): Promise<z.infer<typeof Rows>> {
  return shim.must('query', { soql }, Rows);
}

/** The largest committed deals; answers the first. */
async function showCommitted(shim: ShimProcess): Promise<{ id: string; closes: string }> {
  const deals = await query(
    shim,
    `SELECT Id, Name, Owner.Name, Amount, CloseDate, NextStep FROM Opportunity WHERE IsClosed = false AND StageName = 'Commit' AND CloseDate = THIS_QUARTER AND CloseDate >= TODAY ORDER BY Amount DESC NULLS LAST LIMIT 5`,
  );
  const rows = deals.rows.map(([, ...cells]) => cells);
  say(table(['Deal', 'Owner', 'Amount', 'Closes', 'Next step'], rows));
  const [deal] = deals.rows;
  return { id: z.string().parse(deal?.[0]), closes: z.string().parse(deal?.[4]) };
}

function closeDate(id: string, value: string, justification: string): Record<string, unknown> {
  return { object_type: 'Opportunity', object_id: id, field_name: 'CloseDate', new_value: value, justification };
}

/** Prints why a call was refused; the session shows refusals, so a call that was let pass ends it. */
function refusal(answer: ToolAnswer<unknown>): Record<string, unknown> {
  if (answer.ok) throw new Error('a call that had to be refused was let pass');
  const cause = z.string().catch(answer.code).parse(answer.details['cause']);
  say(labelled(red, 'refused', `${cause}: ${answer.message}`));
  return answer.details;
}

const AUDIT = [
  'Name',
  'Object_Name__c',
  'Field_Name__c',
  'Old_Value__c',
  'New_Value__c',
  'Justification__c',
  'Performed_By__c',
  'Failed__c',
  'Changed__c',
  'Error_Code__c',
] as const;

async function showAudit(shim: ShimProcess, auditId: string): Promise<void> {
  const { rows } = await query(shim, `SELECT ${AUDIT.join(', ')} FROM Cleanup_Audit__c WHERE Id = '${auditId}'`);
  const [row] = rows;
  if (!row) throw new Error(`there is no audit row ${auditId}`);
  say(facts(AUDIT.map((field, index) => [field, row[index]])));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
