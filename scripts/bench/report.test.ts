import { expect, it } from 'vitest';
import { isKept } from './limits.ts';
import type { Judged } from './limits.ts';
import { loadLine } from './machine.ts';
import { mb, ms, reportText, times, tokens, within } from './report.ts';

const start: Judged = {
  figure: 'spawn to initialize',
  measured: '60.0 ms',
  spread: '58.0 to 63.0 ms',
  beside: 'bare Node 30.0 ms: 2.00×',
  value: 2,
  limit: 2.5,
  limitText: '≤ 2.5× bare Node',
};
const list: Judged = { figure: 'tools/list', measured: '9,001 tokens', value: 9_001, limit: 9_000, limitText: '≤ 9,000 tokens' };

it('a limit is kept up to its very value', () => {
  expect([2.49, 2.5, 2.51].map((value) => isKept({ value, limit: 2.5 }))).toEqual([true, true, false]);
});

it('the table of limits: what was measured, beside what, and the verdict', () => {
  const text = reportText({ title: 'server 0.1.0', circumstances: ['Node 24'], judged: [start, list], compared: [] });
  expect(text).toBe(
    `server 0.1.0
  Node 24

  Limit                median        half within      beside it                 limit
  spawn to initialize  60.0 ms       58.0 to 63.0 ms  bare Node 30.0 ms: 2.00×  ≤ 2.5× bare Node  kept
  tools/list           9,001 tokens                                             ≤ 9,000 tokens    BROKEN

1 of 2 limits are broken.`,
  );
});

it('servers side by side; what one lacks is a dash, and its notes say why', () => {
  const text = reportText({
    title: 'server 0.1.0',
    circumstances: [],
    judged: [start],
    compared: [
      { name: 'server', version: '0.1.0', cells: { tools: '28', 'tools/list': '8,808 tokens' }, notes: [] },
      { name: 'peer', version: '0.0.6', cells: { tools: '15' }, notes: ['it could not log in'] },
    ],
  });
  expect(text).toContain(`
  On the same org, in the same run  server        peer
                                    0.1.0         0.0.6
  tools                             28            15
  tools/list                        8,808 tokens  –
  peer: it could not log in.

All 1 limits are kept.`);
});

it('units', () => {
  expect([ms(1.25), ms(99.94), ms(7_614.2)]).toEqual(['1.3 ms', '99.9 ms', '7,614 ms']);
  expect([mb(113.4), times(1.836), times(55.04), tokens(8_808)]).toEqual(['113 MB', '1.84×', '55.0×', '8,808 tokens']);
  expect(within({ low: 0.9, high: 1.7, median: 1.3, count: 9 }, ms)).toBe('0.9 to 1.7 ms');
});

it('a machine that was busy before the run is called shared', () => {
  expect(loadLine(0.4, 1.9, 2)).toBe('load average 0.4 before, 1.9 after the run');
  expect(loadLine(4.8, 6.8, 2)).toContain('shared with other work');
});
