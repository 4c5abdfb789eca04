/** A Double: a box of its own, because `Object` must remember that it is no Decimal. */
export class ApexDouble {
  readonly n: number;

  constructor(n: number) {
    this.n = n;
  }

  /** As the platform prints it, which is as Java does: `3.0`, `1.0E10`, `NaN`. */
  toString(): string {
    return doubleText(this.n);
  }
}

/**
 * @see https://docs.oracle.com/javase/8/docs/api/java/lang/Double.html#toString-double- plain between 10^-3 and 10^7,
 * otherwise one digit before the point and an exponent.
 */
function doubleText(n: number): string {
  if (Number.isNaN(n)) return 'NaN';
  if (!Number.isFinite(n)) return n > 0 ? 'Infinity' : '-Infinity';
  if (n === 0) return Object.is(n, -0) ? '-0.0' : '0.0';
  const size = Math.abs(n);
  if (size >= 1e-3 && size < 1e7) {
    const plain = String(n);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [digits = '', exponent = ''] = n.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
