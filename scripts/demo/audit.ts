import { z } from 'zod';
import { dim, say, table } from './screen.ts';
import type { ShimProcess } from './shim-process.ts';

const Trail = z.object({
  audit_rows: z.array(
    z.object({
      name: z.string(),
      performed_by: z.string().optional(),
      field: z.string().optional(),
      old_value: z.string().optional(),
      new_value: z.string().optional(),
      requested_value: z.string().optional(),
      failed: z.boolean().optional(),
      error_code: z.string().optional(),
      confirmation: z.string().optional(),
      justification: z.string().optional(),
    }),
  ),
  total_count: z.number(),
});

/** The audit rows of a record, newest first: what was changed, by whom and why, and what was tried in vain. */
export async function showTrail(shim: ShimProcess, recordId: string): Promise<void> {
  const { audit_rows: rows } = await shim.must('get_audit_trail', { record_id: recordId }, Trail);
  if (rows.length === 0) throw new Error(`there is no audit row of ${recordId}`);
  say(
    table(
      ['Row', 'Field', 'Old', 'New', 'Outcome', 'Confirmed', 'Why'],
      rows.map((row) => [
        row.name,
        row.field,
        row.old_value,
        row.failed === true ? tried(row.requested_value ?? row.new_value) : row.new_value,
        row.failed === true ? (row.error_code ?? 'failed') : 'committed',
        row.confirmation,
        row.justification,
      ]),
    ),
  );
  say(
    dim(
      `  By ${rows[0]?.performed_by ?? 'an unnamed user'}. A change and its row were written in one transaction; an attempt left only its row`,
    ),
  );
}

/** A value that was asked for and never written. */
function tried(value: string | undefined): string {
  return value === undefined ? '–' : `(${value})`;
}
