import { z } from 'zod';
import { dim, say, table } from './screen.ts';
import type { ShimProcess } from './shim-process.ts';

const Group = z.object({ count: z.number(), value: z.number().optional(), no_amount_count: z.number().optional() });
const Pipeline = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  stages: z.array(Group.extend({ stage: z.string() })),
  past_due: Group,
  total_count: z.number(),
  total_value: z.number().optional(),
  meta: z.object({ fields_not_visible: z.array(z.string()).optional() }).optional(),
});

/** Open deals of the next 90 days by stage, as far as the user may see them. */
export async function showPipeline(shim: ShimProcess): Promise<void> {
  const pipeline = await shim.must('pipeline_by_stage', { close_date_window_days: 90 }, Pipeline);
  const { window, stages, past_due, total_count, total_value, meta } = pipeline;
  const sees = total_value !== undefined;
  const rows = [
    ...stages.map(({ stage, ...group }) => [stage, group.count, group.value, group.no_amount_count]),
    ['Total', total_count, total_value, ''],
    ['Past due, apart', past_due.count, past_due.value, ''],
  ];
  const columns = ['Stage', 'Deals', 'Value', 'Without amount'];
  say(table(sees ? columns : columns.slice(0, 2), sees ? rows : rows.map((row) => row.slice(0, 2))));
  const hidden = meta?.fields_not_visible ?? [];
  const note = hidden.length === 0 ? '' : `. Not visible to this user: ${hidden.join(', ')}`;
  say(dim(`  Close dates from ${window.from} to ${window.to}${note}`));
}
