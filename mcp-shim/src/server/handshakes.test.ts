import { expect, it } from 'vitest';
import recorded from '../handshake/generated/handshakes.json' with { type: 'json' };
import { listHandshakes } from './handshakes.ts';

it('the recorded handshakes are those of the server (npm run build writes them)', async () => {
  expect(recorded).toEqual(await listHandshakes());
});

it('each way of confirming has instructions of its own', () => {
  const texts = Object.values(recorded.results).map(({ instructions }) => instructions);
  expect(new Set(texts).size).toBe(3);
  expect(recorded.results['host, read-only']).toEqual(recorded.results['required, read-only']);
});
