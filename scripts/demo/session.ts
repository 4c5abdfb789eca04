import { z } from 'zod';
import { bold, cyan, facts, green, red, say, table } from './screen.ts';
import type { ShimProcess } from './shim-process.ts';

const Rows = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())), returned: z.number() });
const Preview = z.object({ change: z.string(), confirmation_token: z.string(), record_id: z.string(), record_label: z.string() });
const Committed = z.object({ message: z.string(), audit_id: z.string() });

/** What the session needs from the world around the shim: somebody else changing a record meanwhile. */
export interface Colleague {
  readonly name: string;
  change(recordId: string, field: string, value: string): Promise<void>;
}

/** A short, readable session: what is in the forecast, one audited correction, and one that comes too late. */
export async function playSession(shim: ShimProcess, colleague: Colleague): Promise<void> {
  title('1', 'What is committed for this quarter?');
  const deals = await query(
    shim,
    `SELECT Id, Name, Owner.Name, Amount, CloseDate, NextStep FROM Opportunity WHERE IsClosed = false AND StageName = 'Commit' AND CloseDate = THIS_QUARTER ORDER BY Amount DESC LIMIT 5`,
  );
  say(
    table(
      ['Deal', 'Owner', 'Amount', 'Closes', 'Next step'],
      deals.rows.map(([, ...shown]) => shown),
    ),
  );
  const [deal] = deals.rows;
  const id = z.string().parse(deal?.[0]);
  const closes = z.string().parse(deal?.[4]);

  title('2', 'Correct a next step: previewed, confirmed, written with its audit row in one transaction');
  const step = await shim.must(
    'update_field',
    {
      object_type: 'Opportunity',
      object_id: id,
      field_name: 'NextStep',
      new_value: 'Legal sends the redlined order form',
      justification: 'The owner said so in the forecast call today',
    },
    Preview,
  );
  say(`  ${cyan('preview')}    ${bold(step.change)}`);
  const done = await shim.must('confirm_write', { change: step.change, confirmation_token: step.confirmation_token }, Committed);
  say(`  ${green('committed')}  ${done.message}`);

  title('3', 'The audit row');
  await showAudit(shim, done.audit_id);

  title('4', `${colleague.name} changes the close date after it was shown: our write is refused, and the attempt is on record`);
  const late = await shim.must(
    'update_field',
    {
      object_type: 'Opportunity',
      object_id: id,
      field_name: 'CloseDate',
      new_value: shift(closes, 14),
      justification: 'Procurement needs two more weeks',
    },
    Preview,
  );
  say(`  ${cyan('preview')}    ${bold(late.change)}`);
  await colleague.change(id, 'CloseDate', shift(closes, 7));
  const refused = await shim.call('confirm_write', { change: late.change, confirmation_token: late.confirmation_token }, Committed);
  if (refused.ok) throw new Error('a write on a record that had changed was not refused');
  const cause = z.string().catch(refused.code).parse(refused.details['cause']);
  say(`  ${red('refused')}    ${cause}: ${refused.message}`);
  await showAudit(shim, z.string().parse(refused.details['audit_id']));
  const now = await query(shim, `SELECT CloseDate FROM Opportunity WHERE Id = '${id}'`);
  say(`\n  The record still says what ${colleague.name} wrote: ${bold(String(now.rows[0]?.[0]))}`);
}

function title(number: string, text: string): void {
  say(`\n${bold(`${number}  ${text}`)}`);
}

function query(shim: ShimProcess, soql: string): Promise<z.infer<typeof Rows>> {
  return shim.must('query', { soql }, Rows);
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

function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
