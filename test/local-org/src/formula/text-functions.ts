import type { Value } from '../schema/types.ts';
import { textOf, valueOf, type FormulaFunction } from './formula-function.ts';
import { FormulaError, isBlank, type FormulaType } from './formula-types.ts';

const NUMBER = /^\s*[-+]?(?:\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)\s*$/;

/** @see https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm (text functions) */
export const TEXT_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  // Both heed case, and everything begins with and contains the blank text.
  BEGINS: twoTexts((text, part) => text.startsWith(part)),
  CONTAINS: twoTexts((text, part) => text.includes(part)),
  LEN: {
    least: 1,
    most: 1,
    expects: () => ['Text'],
    returns: () => 'Number',
    run: (args, evaluation) => textOf(args, 0, evaluation).length,
  },
  TEXT: {
    least: 1,
    most: 1,
    expects: () => ['Number', 'Date', 'DateTime', 'Picklist'],
    takesPicklist: () => true,
    returns: () => 'Text',
    run: (args, evaluation) => asText(args[0]?.type ?? 'Null', valueOf(args, 0, evaluation)),
  },
  VALUE: {
    least: 1,
    most: 1,
    expects: () => ['Text'],
    returns: () => 'Number',
    run: (args, evaluation) => {
      const text = textOf(args, 0, evaluation);
      if (isBlank(text)) return null;
      if (!NUMBER.test(text)) throw new FormulaError(`VALUE: ${text} is no number`);
      return Number(text.replaceAll(',', ''));
    },
  },
  HYPERLINK: {
    least: 2,
    most: 3,
    expects: () => ['Text'],
    returns: () => 'Text',
    run: (args, evaluation) => link(args.map((_, index) => textOf(args, index, evaluation))),
  },
};

function twoTexts(holds: (text: string, part: string) => boolean): FormulaFunction {
  return {
    least: 2,
    most: 2,
    expects: () => ['Text'],
    returns: () => 'Boolean',
    run: (args, evaluation) => holds(textOf(args, 0, evaluation), textOf(args, 1, evaluation)),
  };
}

/** Numbers without needless digits, times in UTC. @see https://help.salesforce.com/s/articleView?id=platform.customize_functions_text.htm */
function asText(type: FormulaType, value: Value): string {
  if (value === null) return '';
  if (type === 'DateTime' && typeof value === 'number')
    return new Date(value)
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, 'Z');
  return String(value);
}

/** What the API answers for a hyperlink: an HTML element. */
function link([url = '', text = '', target = '']: readonly string[]): string {
  return `<a href="${escaped(url)}"${target === '' ? '' : ` target="${escaped(target)}"`}>${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
