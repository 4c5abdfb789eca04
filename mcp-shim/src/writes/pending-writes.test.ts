import { expect, it } from 'vitest';
import { PendingWrites } from './pending-writes.ts';
import type { PendingWrite } from './pending-writes.ts';
import type { WriteOutcome } from './write-outcome.ts';

const write: PendingWrite = {
  operation: 'update_field',
  intent: { request_id: 'r', client: 'test', input: {} },
  expected: {},
  change: 'the line',
  report: () => ({ done: 'Done.', result: {} }),
};

/** Codes that count up: ten draws a code. */
function digit(drawn: number, below: number): number {
  return Math.floor(Math.floor(drawn / 10) / below ** (drawn % 10)) % below;
}

it('forgets open previews before one that was committed', async () => {
  let drawn = 0;
  const pending = new PendingWrites({ now: () => 0, random: (below) => digit(drawn++, below) });
  const outcome = { request_id: 'r' } as WriteOutcome;
  const first = pending.add(write);
  await pending.confirm(first.token, write.change, () => Promise.resolve(outcome));
  const second = pending.add(write);
  for (let count = 0; count < 250; count += 1) pending.add(write);
  expect(await pending.confirm(first.token, write.change, () => Promise.reject(new Error('sent again')))).toEqual({
    outcome,
    replayed: true,
  });
  expect(() => pending.peek(second.token, write.change)).toThrow('was already used');
});
