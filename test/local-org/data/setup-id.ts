import { to18 } from '../src/schema/ids.ts';

/** A set-up record's 18-character id. Set-up ids have a range of their own, which generated ids never reach. */
export function setupId(keyPrefix: string, number: number): string {
  return to18(`${keyPrefix}000000SET${String(number).padStart(3, '0')}`);
}
