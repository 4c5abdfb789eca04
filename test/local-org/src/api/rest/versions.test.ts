import { expect, test } from 'vitest';
import { versionList, versionState } from './versions.ts';

test('lists 31.0 to 67.0 under the names of their releases', () => {
  const list = versionList();
  expect(list).toHaveLength(37);
  expect(list[0]).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
  expect(list[1]).toEqual({ label: "Winter '15", url: '/services/data/v32.0', version: '32.0' });
  expect(list.at(-1)).toEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
});

test.each([
  ['v31.0', 'served'],
  ['v67.0', 'served'],
  ['v30.0', 'retired'],
  ['v20.0', 'retired'],
  ['v68.0', 'unknown'],
  ['v60', 'unknown'],
  ['60.0', 'unknown'],
  ['v60.1', 'unknown'],
])('%s is %s', (segment, state) => {
  expect(versionState(segment)).toBe(state);
});
