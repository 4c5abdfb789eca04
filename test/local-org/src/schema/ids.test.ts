import { describe, expect, it } from 'vitest';
import { isValidId, keyPrefix, to18 } from './ids.ts';

describe('ids', () => {
  it('get the checksum of their upper-case letters', () => {
    expect(to18('001000000000000')).toBe('001000000000000AAA');
    expect(to18('00QKO0000000ABC')).toBe('00QKO0000000ABC2A2');
    expect(to18('0015g00000ABCDE')).toBe('0015g00000ABCDEAA5');
    expect(to18('001000000000000AAA')).toBe('001000000000000AAA');
    expect(() => to18('001')).toThrow('has 3');
  });

  it('are valid with 15 characters, or with 18 that fit', () => {
    expect(isValidId('001000000000000')).toBe(true);
    expect(isValidId(to18('0015g00000ABCDE'))).toBe(true);
    expect(isValidId('001000000000000AAB')).toBe(false);
    expect(isValidId('00100000000000')).toBe(false);
    expect(isValidId('00100000000000-')).toBe(false);
    expect(isValidId('0010000000000000AA')).toBe(false);
    expect(keyPrefix('006000000000000AAA')).toBe('006');
  });
});
