import type { Value } from '../schema/types.ts';
import { isBlank, type Checked, type FormulaType, type ReadField } from './formula-types.ts';

/** One function: how many arguments, of which types, and what it computes. */
export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  /** The type that argument `index` must have; null where any will do. */
  readonly expects: (index: number) => FormulaType | null;
  /** True where a picklist may stand as argument `index`. */
  readonly takesPicklist?: (index: number) => boolean;
  /** Arguments that must be of one type. */
  readonly alike?: readonly number[];
  readonly returns: (args: readonly Checked[]) => FormulaType;
  readonly run: (args: readonly Checked[], read: ReadField) => Value;
}

const VARIADIC = 255;

/** @see https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  AND: {
    ...booleans(1, VARIADIC),
    run: (args, read) => args.every((arg) => arg.run(read) === true),
  },
  OR: {
    ...booleans(1, VARIADIC),
    run: (args, read) => args.some((arg) => arg.run(read) === true),
  },
  NOT: {
    ...booleans(1, 1),
    run: (args, read) => valueOf(args, 0, read) !== true,
  },
  IF: {
    least: 3,
    most: 3,
    expects: (index) => (index === 0 ? 'Boolean' : null),
    alike: [1, 2],
    returns: (args) => firstType(args.slice(1)),
    run: (args, read) => valueOf(args, valueOf(args, 0, read) === true ? 1 : 2, read),
  },
  ISBLANK: {
    least: 1,
    most: 1,
    expects: () => null,
    takesPicklist: () => true,
    returns: () => 'Boolean',
    run: (args, read) => isBlank(valueOf(args, 0, read)),
  },
  BLANKVALUE: {
    least: 2,
    most: 2,
    expects: () => null,
    alike: [0, 1],
    returns: firstType,
    run: (args, read) => {
      const value = valueOf(args, 0, read);
      return isBlank(value) ? valueOf(args, 1, read) : value;
    },
  },
  HYPERLINK: {
    least: 2,
    most: 3,
    expects: () => 'Text',
    returns: () => 'Text',
    run: (args, read) => link(args.map((arg) => String(arg.run(read) ?? ''))),
  },
  ISPICKVAL: {
    least: 2,
    most: 2,
    expects: (index) => (index === 0 ? 'Picklist' : 'Text'),
    takesPicklist: (index) => index === 0,
    returns: () => 'Boolean',
    run: (args, read) => (valueOf(args, 0, read) ?? '') === (valueOf(args, 1, read) ?? ''),
  },
};

/** Functions that the platform has beside those above: refused as not yet learned, not as unknown. */
const KNOWN = new Set(
  `ABS ACOS ADDMONTHS ASCII ASIN ATAN ATAN2 BEGINS BR CASE CASESAFEID CEILING CHR CONTAINS COS CURRENCYRATE DATE DATETIMEVALUE DATEVALUE
  DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION GETRECORDIDS GETSESSIONID HOUR HTMLENCODE IMAGE
  IMAGEPROXYURL INCLUDE INCLUDES INITCAP ISCHANGED ISCLONE ISNEW ISNULL ISNUMBER ISOWEEK ISOYEAR JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LEFT
  LEN LINKTO LN LOG LOWER LPAD MAX MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOW NULLVALUE PARENTGROUPVAL PI PICKLISTCOUNT PREDICT
  PREVGROUPVAL PRIORVALUE REGEX REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE TAN TEXT TIMENOW TIMEVALUE TODAY TRIM TRUNC
  UNIXTIMESTAMP UPPER URLENCODE URLFOR VALUE VLOOKUP WEEKDAY YEAR`.split(/\s+/),
);

export function isPlatformFunction(name: string): boolean {
  return name in FUNCTIONS || KNOWN.has(name);
}

function booleans(least: number, most: number): Pick<FormulaFunction, 'least' | 'most' | 'expects' | 'returns'> {
  return { least, most, expects: () => 'Boolean', returns: () => 'Boolean' };
}

function firstType(args: readonly Checked[]): FormulaType {
  return args.find(({ type }) => type !== 'Null')?.type ?? 'Null';
}

function valueOf(args: readonly Checked[], index: number, read: ReadField): Value {
  const arg = args[index];
  if (!arg) throw new Error(`Argument ${index + 1} was counted and is missing`);
  return arg.run(read);
}

/** What the API answers for a hyperlink: an HTML element. */
function link([url = '', text = '', target = '']: readonly string[]): string {
  return `<a href="${escaped(url)}"${target === '' ? '' : ` target="${escaped(target)}"`}>${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
