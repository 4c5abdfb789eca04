import { expect, test } from 'vitest';
import { LockTable } from './lock-table.ts';
import { RecordLocked, RecordLocks } from './record-locks.ts';

test('a lock is refused to others, never to its holder, and all of a request or none of it is locked', () => {
  const table = new LockTable();
  const [ours, theirs] = [new RecordLocks(table), new RecordLocks(table)];
  ours.take(['a', 'b']);
  ours.take(['b', 'c']);
  expect(() => theirs.take(['d', 'c'])).toThrow(new RecordLocked('c'));
  expect(table.refusals).toBe(1);
  ours.take(['d']);
  expect([ours.missing(['a', 'd', 'e', 'e']), theirs.missing(['a'])]).toEqual([['e'], ['a']]);
});

test('locks go back to a mark, the latest first; a lock taken twice stays with the first', () => {
  const table = new LockTable();
  const [ours, theirs] = [new RecordLocks(table), new RecordLocks(table)];
  ours.take(['a']);
  const mark = ours.mark();
  ours.take(['a', 'b']);
  ours.releaseSince(mark);
  theirs.take(['b']);
  expect(() => theirs.take(['a'])).toThrow(RecordLocked);
  ours.releaseSince(0);
  theirs.take(['a']);
  expect(ours.missing(['a', 'b'])).toEqual(['a', 'b']);
});

test('releasing what somebody else has taken since does nothing', () => {
  const table = new LockTable();
  const [first, second] = [{}, {}];
  table.take(first, ['a']);
  table.release(first, ['a']);
  table.take(second, ['a']);
  table.release(first, ['a']);
  expect(table.isHeldBy(second, 'a')).toBe(true);
});
