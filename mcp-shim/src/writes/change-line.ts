import { cleanText } from '../untrusted-text.ts';

export type ScalarValue = string | number | boolean | null;

export interface ChangeLineParts {
  sandbox: boolean;
  recordLabel: string;
  fieldLabel: string;
  oldValue: ScalarValue;
  newValue: ScalarValue;
}

const maxValueLength = 120;
const maxLabelLength = 80;

/**
 * One line that a person can approve: `PRODUCTION · Acme renewal · Close Date 2026-11-30 → 2026-12-18`.
 * Names and values cannot forge its separators, break the line or hide anything in it.
 */
export function changeLine(parts: ChangeLineParts): string {
  const org = parts.sandbox ? 'sandbox' : 'PRODUCTION';
  const values = `${shown(parts.oldValue)} → ${shown(parts.newValue)}`;
  return `${org} · ${oneLine(parts.recordLabel, maxLabelLength)} · ${oneLine(parts.fieldLabel, maxLabelLength)} ${values}`;
}

/** As a person reads it; nothing is shown as `(empty)`. */
function shown(value: ScalarValue): string {
  return value === null || value === '' ? '(empty)' : oneLine(String(value), maxValueLength);
}

function oneLine(text: string, maxLength: number): string {
  const line = cleanText(text, Number.MAX_SAFE_INTEGER).replace(/\s+/g, ' ').trim().replaceAll('·', '-').replaceAll('→', '->');
  const characters = [...line];
  if (characters.length <= maxLength) return line;
  return `${characters.slice(0, maxLength).join('')}… (+${(characters.length - maxLength).toLocaleString('en-US')} characters)`;
}
