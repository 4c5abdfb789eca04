import { cleanText } from '../untrusted-text.ts';

export type ScalarValue = string | number | boolean | null;

/** One value that a person approves. `old` is absent where nothing is replaced: a new record, an added text. */
export interface ShownChange {
  label: string;
  old?: ScalarValue;
  new: ScalarValue;
}

export interface ChangeLineParts {
  sandbox: boolean;
  /** What people call the record, or `New case`. */
  record: string;
  changes: readonly ShownChange[];
}

const maxValueLength = 120;
const maxLabelLength = 80;

/** What would pass for the line's own separators; katakana's middle dots are wide, and names need them. */
const dots = /[·•‧∙⋅⸱⸳ꞏ᛫ᐧ]/gu;
const arrows = /[→↠↣↦⇀⇁⇉⇒⇛⇝⇢⇥⇨⇾⟶⟹⟼⟾⟿\u2794\u2798-\u27af\u27b1-\u27be⤏⤐⭢\uffeb]/gu;

/**
 * One line that a person can approve: `PRODUCTION · Acme renewal · Close Date 2026-11-30 → 2026-12-18`.
 * Names and values cannot forge its separators, break the line or hide anything in it.
 */
export function changeLine({ sandbox, record, changes }: ChangeLineParts): string {
  return [sandbox ? 'sandbox' : 'PRODUCTION', oneLine(record, maxLabelLength), ...changes.map(shownChange)].join(' · ');
}

function shownChange(change: ShownChange): string {
  const before = change.old === undefined ? '' : `${shown(change.old)} → `;
  return `${oneLine(change.label, maxLabelLength)} ${before}${shown(change.new)}`;
}

/** As a person reads it; nothing is shown as `(empty)`. */
export function shown(value: ScalarValue): string {
  return value === null || value === '' ? '(empty)' : oneLine(String(value), maxValueLength);
}

/** A text on one line, without the change line's separators, cut after so many characters. */
export function oneLine(text: string, maxLength: number): string {
  // Composed first: the Greek ano teleia becomes a middle dot.
  const separate = text
    .normalize('NFC')
    .replace(/[\u2028\u2029]/g, ' ')
    .replace(dots, '-')
    .replace(arrows, '->');
  const line = cleanText(separate, Number.MAX_SAFE_INTEGER).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= maxLength) return line;
  return `${characters.slice(0, maxLength).join('')}… (+${(characters.length - maxLength).toLocaleString('en-US')} characters)`;
}
