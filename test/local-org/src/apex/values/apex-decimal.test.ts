import { describe, expect, it } from 'vitest';
import { ApexDecimal, RoundingNecessary, type RoundingMode } from './apex-decimal.ts';

const d = (text: string): ApexDecimal => {
  const value = ApexDecimal.parse(text);
  if (!value) throw new Error(`${text} is no decimal`);
  return value;
};

describe('ApexDecimal', () => {
  it.each([
    ['1.50', '1.50', 2],
    ['-0.5', '-0.5', 1],
    ['.5', '0.5', 1],
    ['1e3', '1E+3', -3],
    ['1E-8', '1E-8', 8],
    ['0.000001', '0.000001', 6],
    ['0.0000001', '1E-7', 7],
    ['0.00000012', '1.2E-7', 8],
    ['12345678901234567890.123', '12345678901234567890.123', 3],
    ['0.00', '0.00', 2],
  ])('reads %s and prints %s with scale %i', (text, printed, scale) => {
    expect(d(text).toString()).toBe(printed);
    expect(d(text).scale).toBe(scale);
  });

  it.each(['', '.', 'x', '1.2.3', '1,5', ' 1', '1e', '--1', '0x10'])('refuses %j', (text) => {
    expect(ApexDecimal.parse(text)).toBeNull();
  });

  it('prints plainly whatever the scale', () => {
    expect(d('1e3').toPlainString()).toBe('1000');
    expect(d('-1E-8').toPlainString()).toBe('-0.00000001');
  });

  it('takes the scale of a Double from its text', () => {
    expect(ApexDecimal.ofDouble(3).toString()).toBe('3.0');
    expect(ApexDecimal.ofDouble(0.1).toString()).toBe('0.1');
    expect(ApexDecimal.ofDouble(1e10).toString()).toBe('1.0E+10');
  });

  it('keeps the larger scale when adding and adds scales when multiplying', () => {
    expect(d('1.50').plus(d('2')).toString()).toBe('3.50');
    expect(d('1.5').minus(d('0.25')).toString()).toBe('1.25');
    expect(d('1.50').times(d('2.0')).toString()).toBe('3.000');
  });

  // 1/31 and 3/7 were observed in orgs: 33 significant digits.
  it.each([
    ['1', '31', '0.0322580645161290322580645161290323'],
    ['1', '3', '0.333333333333333333333333333333333'],
    ['3', '7', '0.428571428571428571428571428571429'],
    ['2', '3', '0.666666666666666666666666666666667'],
    ['5', '3', '1.66666666666666666666666666666667'],
    ['100', '3', '33.3333333333333333333333333333333'],
    ['1', '8', '0.125'],
    ['6.00', '2', '3.00'],
    ['1.00', '4', '0.25'],
    ['100', '4.0', '25'],
    ['100', '1.0', '100'],
    ['-7', '2', '-3.5'],
    ['0', '3', '0'],
  ])('%s / %s = %s', (a, b, quotient) => {
    expect(d(a).dividedBy(d(b)).toString()).toBe(quotient);
  });

  it('divides to a given scale', () => {
    expect(d('5').dividedTo(d('3'), 4, 'HALF_EVEN').toString()).toBe('1.6667');
    expect(d('1234.5').dividedTo(d('0.01'), 0, 'HALF_EVEN').toString()).toBe('123450');
    expect(d('125').dividedTo(d('1'), -1, 'HALF_EVEN').toPlainString()).toBe('120');
  });

  // The table of java.math.RoundingMode, which Apex's is.
  const table: readonly [RoundingMode, readonly number[]][] = [
    ['UP', [6, 3, 2, 2, 1, -1, -2, -2, -3, -6]],
    ['DOWN', [5, 2, 1, 1, 1, -1, -1, -1, -2, -5]],
    ['CEILING', [6, 3, 2, 2, 1, -1, -1, -1, -2, -5]],
    ['FLOOR', [5, 2, 1, 1, 1, -1, -2, -2, -3, -6]],
    ['HALF_UP', [6, 3, 2, 1, 1, -1, -1, -2, -3, -6]],
    ['HALF_DOWN', [5, 2, 2, 1, 1, -1, -1, -2, -2, -5]],
    ['HALF_EVEN', [6, 2, 2, 1, 1, -1, -1, -2, -2, -6]],
  ];
  const inputs = ['5.5', '2.5', '1.6', '1.1', '1.0', '-1.0', '-1.1', '-1.6', '-2.5', '-5.5'];
  it.each(table)('rounds %s', (mode, expected) => {
    expect(inputs.map((text) => Number(d(text).setScale(0, mode).toPlainString()))).toEqual(expected);
  });

  it('refuses to lose digits where rounding is UNNECESSARY', () => {
    expect(d('1.00').setScale(0, 'UNNECESSARY').toString()).toBe('1');
    expect(() => d('1.10').setScale(0, 'UNNECESSARY')).toThrow(RoundingNecessary);
  });

  it('compares without regard to the scale', () => {
    expect(d('1.0').compareTo(d('1.00'))).toBe(0);
    expect(d('-1').compareTo(d('1e-5'))).toBe(-1);
    expect(d('1e3').compareTo(d('999.999'))).toBe(1);
  });

  it('strips zeros, also beyond the point', () => {
    expect(d('100.00').stripTrailingZeros().toString()).toBe('1E+2');
    expect(d('0.00').stripTrailingZeros().toString()).toBe('0');
    expect(d('-1.230').stripTrailingZeros().toString()).toBe('-1.23');
  });

  it('counts digits and cuts towards zero', () => {
    expect(d('123.4567890').precision()).toBe(10);
    expect(d('0.05').precision()).toBe(1);
    expect(d('-2.9').toBigInt()).toBe(-2n);
    expect(d('1.1').pow(2).toString()).toBe('1.21');
  });
});
