import { describe, expect, it } from 'vitest';
import { ApexDecimal } from '../../values/apex-decimal.ts';
import { ApexDouble } from '../../values/apex-double.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import { call, callStatic, fakeRuntime } from '../testing/fake-runtime.ts';
import type { PlatformClass } from '../types.ts';
import { BooleanClass } from './Boolean.ts';
import { DecimalClass } from './Decimal.ts';
import { DoubleClass } from './Double.ts';
import { IntegerClass } from './Integer.ts';
import { LongClass } from './Long.ts';
import { MathClass } from './Math.ts';

const runtime = fakeRuntime();
const d = (text: string): ApexDecimal => ApexDecimal.parse(text) ?? ApexDecimal.ofInteger(0);
const of = (platformClass: PlatformClass<never>, key: string, ...args: ApexValue[]): string =>
  runtime.stringify(callStatic(platformClass, key, runtime, ...args));

describe('valueOf', () => {
  it.each<[PlatformClass<never>, string, ApexValue, string]>([
    [IntegerClass, 'valueOf/1', '-12', '-12'],
    [IntegerClass, 'valueOf/1', d('2.9'), '2'],
    [LongClass, 'valueOf(String)', '+9223372036854775807', '9223372036854775807'],
    [DoubleClass, 'valueOf/1', '1e3', '1000.0'],
    [DecimalClass, 'valueOf(String)', '1.50', '1.50'],
    [DecimalClass, 'valueOf(Double)', new ApexDouble(3), '3.0'],
    [DecimalClass, 'valueOf(Long)', 3n, '3'],
    [BooleanClass, 'valueOf(Object)', 'TRUE', 'true'],
    [BooleanClass, 'valueOf(Object)', 'yes', 'false'],
  ])('$name %#', (platformClass, key, value, text) => {
    expect(of(platformClass, key, value)).toBe(text);
  });

  it.each<[PlatformClass<never>, string, ApexValue, string]>([
    [IntegerClass, 'valueOf/1', '2147483648', 'Invalid integer: 2147483648'],
    [IntegerClass, 'valueOf/1', ' 1', 'Invalid integer:  1'],
    [IntegerClass, 'valueOf/1', '1.0', 'Invalid integer: 1.0'],
    [LongClass, 'valueOf(String)', '9223372036854775808', 'Invalid long: 9223372036854775808'],
    [DoubleClass, 'valueOf/1', 'x', 'Invalid double: x'],
    [DecimalClass, 'valueOf(String)', '1,5', 'Invalid decimal: 1,5'],
    [IntegerClass, 'valueOf/1', null, 'Argument cannot be null.'],
  ])('refuses %#', (platformClass, key, value, message) => {
    expect(() => of(platformClass, key, value)).toThrow(message);
  });
});

describe('Decimal', () => {
  const on = (self: string, key: string, ...args: ApexValue[]): string =>
    runtime.stringify(call(DecimalClass, key, runtime, d(self), ...args));

  it.each<[string, string, ApexValue[], string]>([
    ['2.5', 'round()', [], '2'],
    ['2.5', 'round(RoundingMode)', [platformEnumValue('RoundingMode', 'HALF_UP')], '3'],
    ['1.005', 'setScale(Integer)', [2], '1.00'],
    ['1.5', 'setScale(Integer)', [3], '1.500'],
    ['5', 'divide(Decimal,Integer)', [3, 30], '1.666666666666666666666666666667'],
    ['5', 'divide(Decimal,Integer,Object)', [3, 2, platformEnumValue('RoundingMode', 'DOWN')], '1.66'],
    ['1.10', 'stripTrailingZeros()', [], '1.1'],
    ['-2.9', 'intValue()', [], '-2'],
    ['4294967297', 'intValue()', [], '1'],
    ['-1.5', 'abs()', [], '1.5'],
    ['1.1', 'pow(Integer)', [3], '1.331'],
    ['1.5', 'doubleValue()', [], '1.5'],
  ])('%s.%s', (self, key, args, text) => {
    expect(on(self, key, ...args)).toBe(text);
  });

  it('throws MathException where there is no answer', () => {
    expect(() => on('1', 'divide(Decimal,Integer)', 0, 2)).toThrow('Divide by 0');
    expect(() => on('1.5', 'setScale(Integer,RoundingMode)', 0, platformEnumValue('RoundingMode', 'UNNECESSARY'))).toThrow(
      'Rounding necessary',
    );
    expect(() => on('1.5', 'pow(Integer)', -1)).toThrow('Invalid exponent: -1');
  });
});

describe('Math', () => {
  it.each<[string, ApexValue[], string]>([
    ['max(Integer,Integer)', [1, 2], '2'],
    ['min(Decimal,Decimal)', [d('1.50'), 2], '1.50'],
    ['max(Long,Long)', [1, 2n], '2'],
    ['abs(Integer)', [-2147483648], '-2147483648'],
    ['abs(Decimal)', [d('-1.50')], '1.50'],
    ['mod(Integer,Integer)', [-7, 3], '-1'],
    ['mod(Long,Long)', [7n, -3n], '1'],
    ['round(Decimal)', [d('2.5')], '2'],
    ['roundToLong(Decimal)', [d('-3.5')], '-4'],
    ['ceil(Decimal)', [d('1.2')], '2'],
    ['floor(Decimal)', [d('-1.2')], '-2'],
    ['pow(Double,Double)', [2, 10], '1024.0'],
    ['sqrt(Double)', [new ApexDouble(-1)], 'NaN'],
    ['signum(Decimal)', [d('-7')], '-1'],
    ['rint(Double)', [new ApexDouble(2.5)], '2.0'],
  ])('%s #%#', (key, args, text) => {
    expect(of(MathClass, key, ...args)).toBe(text);
  });

  it('refuses a zero divisor', () => {
    expect(() => of(MathClass, 'mod(Integer,Integer)', 1, 0)).toThrow('Divide by 0');
    expect(() => of(MathClass, 'mod(Long,Long)', 1n, 0n)).toThrow('Divide by 0');
  });
});
