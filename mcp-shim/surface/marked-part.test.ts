import { expect, it } from 'vitest';
import { replaceMarkedPart } from './marked-part.ts';

const text = 'Before\n<!-- generated: a -->\nold\n<!-- /generated -->\n<!-- generated: b -->\nkept\n<!-- /generated -->\nAfter';

it('replaces one part and leaves the rest', () => {
  expect(replaceMarkedPart(text, 'a', 'new $1\n')).toBe(text.replace('\nold\n', '\n\nnew $$1\n\n'));
  expect(replaceMarkedPart(replaceMarkedPart(text, 'b', 'new'), 'b', 'new')).toBe(replaceMarkedPart(text, 'b', 'new'));
});

it.each(['c', 'a -->'])('there is no part %s', (name) => {
  expect(() => replaceMarkedPart(text, name, 'new')).toThrow('there is no part');
});
