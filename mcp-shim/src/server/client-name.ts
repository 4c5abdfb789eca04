import { cleanText, sliceWithoutHalfPair } from '../untrusted-text.ts';

/** Length of `Client__c`. */
const maxLength = 120;
const maxPartLength = 100;

/** What a client says of itself, as the audit row stores it: `claude-ai/0.1.0`. */
export function clientName({ name, version }: { name: string; version: string } = { name: 'unknown', version: '' }): string {
  const parts = [name, version].map((part) => cleanText(part, maxPartLength)).filter((part) => part !== '');
  return sliceWithoutHalfPair(parts.join('/'), maxLength);
}
