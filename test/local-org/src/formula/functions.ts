import { CHANGE_FUNCTIONS } from './change-functions.ts';
import { firstType, valueOf, VARIADIC, type FormulaFunction } from './formula-function.ts';
import { isBlank } from './formula-types.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { today } from './today.ts';

const BLANKVALUE: FormulaFunction = {
  least: 2,
  most: 2,
  expects: () => null,
  alike: () => [[0, 1]],
  returns: firstType,
  run: (args, evaluation) => {
    const value = valueOf(args, 0, evaluation);
    return isBlank(value) ? valueOf(args, 1, evaluation) : value;
  },
};

/** @see https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  ...TEXT_FUNCTIONS,
  ...CHANGE_FUNCTIONS,
  AND: {
    ...booleans(1, VARIADIC),
    run: (args, evaluation) => args.every((arg) => arg.run(evaluation) === true),
  },
  OR: {
    ...booleans(1, VARIADIC),
    run: (args, evaluation) => args.some((arg) => arg.run(evaluation) === true),
  },
  NOT: {
    ...booleans(1, 1),
    run: (args, evaluation) => valueOf(args, 0, evaluation) !== true,
  },
  IF: {
    least: 3,
    most: 3,
    expects: (index) => (index === 0 ? ['Boolean'] : null),
    alike: () => [[1, 2]],
    returns: (args) => firstType(args.slice(1)),
    run: (args, evaluation) => valueOf(args, valueOf(args, 0, evaluation) === true ? 1 : 2, evaluation),
  },
  CASE: {
    least: 4,
    most: VARIADIC - 1,
    takesCount: (count) => count % 2 === 0,
    expects: () => null,
    takesPicklist: (index) => index === 0,
    alike: (count) => {
      const indexes = Array.from({ length: count }, (_, index) => index);
      const isResult = (index: number): boolean => index === count - 1 || (index > 0 && index % 2 === 0);
      return [indexes.filter((index) => !isResult(index)), indexes.filter(isResult)];
    },
    returns: (args) => firstType(args.filter((_, index) => index === args.length - 1 || (index > 0 && index % 2 === 0))),
    run: (args, evaluation) => {
      const value = valueOf(args, 0, evaluation) ?? '';
      for (let index = 1; index < args.length - 1; index += 2) {
        if ((valueOf(args, index, evaluation) ?? '') === value) return valueOf(args, index + 1, evaluation);
      }
      return valueOf(args, args.length - 1, evaluation);
    },
  },
  ISBLANK: {
    least: 1,
    most: 1,
    expects: () => null,
    takesPicklist: () => true,
    returns: () => 'Boolean',
    run: (args, evaluation) => isBlank(valueOf(args, 0, evaluation)),
  },
  BLANKVALUE,
  // An older name. On the platform a text field is never null to it; so it comes back as it is. @see https://help.salesforce.com/s/articleView?id=platform.customize_functions_nullvalue.htm
  NULLVALUE: {
    ...BLANKVALUE,
    run: (args, evaluation) => {
      const isText = args[0]?.type === 'Text';
      return isText ? valueOf(args, 0, evaluation) : BLANKVALUE.run(args, evaluation);
    },
  },
  ISPICKVAL: {
    least: 2,
    most: 2,
    expects: (index) => [index === 0 ? 'Picklist' : 'Text'],
    takesPicklist: (index) => index === 0,
    returns: () => 'Boolean',
    run: (args, evaluation) => (valueOf(args, 0, evaluation) ?? '') === (valueOf(args, 1, evaluation) ?? ''),
  },
  TODAY: {
    least: 0,
    most: 0,
    expects: () => null,
    returns: () => 'Date',
    run: (_args, { context }) => today(context),
  },
};

/** Functions that the platform has beside those above: refused as not yet learned, not as unknown. */
const KNOWN = new Set(
  `ABS ACOS ADDMONTHS ASCII ASIN ATAN ATAN2 BR CASESAFEID CEILING CHR COS CURRENCYRATE DATE DATETIMEVALUE DATEVALUE
  DAY DAYOFYEAR DISTANCE EXP FIND FLOOR FORMATDURATION FROMUNIXTIME GEOLOCATION GETRECORDIDS GETSESSIONID HOUR HTMLENCODE IMAGE
  IMAGEPROXYURL INCLUDE INCLUDES INITCAP ISCLONE ISNULL ISNUMBER ISOWEEK ISOYEAR JSENCODE JSINHTMLENCODE JUNCTIONIDLIST LEFT
  LINKTO LN LOG LOWER LPAD MAX MCEILING MFLOOR MID MILLISECOND MIN MINUTE MOD MONTH NOW PARENTGROUPVAL PI PICKLISTCOUNT PREDICT
  PREVGROUPVAL REGEX REQUIRESCRIPT REVERSE RIGHT ROUND RPAD SECOND SIN SQRT SUBSTITUTE TAN TIMENOW TIMEVALUE TRIM TRUNC
  UNIXTIMESTAMP UPPER URLENCODE URLFOR VLOOKUP WEEKDAY YEAR`.split(/\s+/),
);

export function isPlatformFunction(name: string): boolean {
  return name in FUNCTIONS || KNOWN.has(name);
}

function booleans(least: number, most: number): Pick<FormulaFunction, 'least' | 'most' | 'expects' | 'returns'> {
  return { least, most, expects: () => ['Boolean'], returns: () => 'Boolean' };
}
