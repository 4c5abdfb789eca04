import { NotSupported } from '../../../../errors.ts';
import { ApexDatetime } from '../../../values/apex-datetime.ts';
import { ApexList } from '../../../values/apex-list.ts';
import { ApexSet } from '../../../values/apex-set.ts';
import { toZoned, type ZonedTime } from '../../../values/time-zone.ts';
import type { ApexValue } from '../../../values/values.ts';
import { dateArg, datetimeArg, listArg, membersArg, notNull, textArg, textOrNull } from '../../arguments.ts';
import type { NativeStatic, Runtime } from '../../types.ts';
import { indexOfDifference } from './searching.ts';
import { WHITESPACE } from './testing.ts';

const blank = new RegExp(`^[${WHITESPACE}]*$`, 'u');
const isBlank = (text: string | null): boolean => text === null || blank.test(text);
const isEmpty = (text: string | null): boolean => text === null || text === '';

/** `{0}` by argument, doubled quotes as one, text between single quotes as it is. */
function format(runtime: Runtime, pattern: string, values: readonly ApexValue[]): string {
  let text = '';
  let quoted = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === "'") {
      if (pattern.charAt(i + 1) === "'") {
        text += char;
        i++;
      } else quoted = !quoted;
      continue;
    }
    if (quoted || char !== '{') {
      text += char;
      continue;
    }
    const end = pattern.indexOf('}', i);
    const index = pattern.slice(i + 1, end);
    if (end < 0 || !/^\d+$/.test(index))
      throw new NotSupported(`String.format with the placeholder ${pattern.slice(i, end < 0 ? undefined : end + 1)}`, runtime.location());
    const value = values[Number(index)];
    text += value === undefined ? `{${index}}` : runtime.stringify(value);
    i = end;
  }
  return text;
}

/** `2026-11-21 09:04:00` */
function standardText(time: ZonedTime): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)} ${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

function valueOf(runtime: Runtime, value: ApexValue): ApexValue {
  if (value === null) return null;
  return value instanceof ApexDatetime ? standardText(toZoned(value.ms, runtime.tx.user.timeZone)) : runtime.stringify(value);
}

const valueOfAny: NativeStatic = (runtime, args) => valueOf(runtime, args[0] ?? null);

/** The static methods of String. */
export const statics: Readonly<Record<string, NativeStatic>> = {
  'isBlank(String)': (_runtime, args) => isBlank(textOrNull(args, 0)),
  'isNotBlank(String)': (_runtime, args) => !isBlank(textOrNull(args, 0)),
  'isEmpty(String)': (_runtime, args) => isEmpty(textOrNull(args, 0)),
  'isNotEmpty(String)': (_runtime, args) => !isEmpty(textOrNull(args, 0)),
  'escapeSingleQuotes(String)': (runtime, args) => textArg(runtime, args, 0).replaceAll("'", "\\'"),
  'format(String,List<Object>)': (runtime, args) => format(runtime, textArg(runtime, args, 0), listArg(runtime, args, 1).items),
  'fromCharArray(List<Integer>)': (runtime, args) => String.fromCharCode(...listArg(runtime, args, 0).items.map(Number)),
  'getCommonPrefix(List<String>)': (runtime, args) =>
    listArg(runtime, args, 0)
      .items.map(String)
      .reduce((prefix, text) => (indexOfDifference(prefix, text) < 0 ? prefix : prefix.slice(0, indexOfDifference(prefix, text)))),
  'join(Object,String)': (runtime, args) => {
    const source = notNull(runtime, args, 0);
    if (!(source instanceof ApexList || source instanceof ApexSet))
      throw new NotSupported('String.join of an Iterable that is no List or Set', runtime.location());
    return membersArg(runtime, args, 0)
      .map((value) => (value === null ? '' : String(valueOf(runtime, value))))
      .join(textArg(runtime, args, 1));
  },
  'valueOf(Date)': (runtime, args) => (args[0] == null ? null : dateArg(runtime, args, 0).toString()),
  'valueOf(Datetime)': valueOfAny,
  'valueOf(Decimal)': valueOfAny,
  'valueOf(Double)': valueOfAny,
  'valueOf(Integer)': valueOfAny,
  'valueOf(Long)': valueOfAny,
  'valueOf(Object)': valueOfAny,
  'valueOfGmt(Datetime)': (runtime, args) => datetimeArg(runtime, args, 0).toString(),
};
