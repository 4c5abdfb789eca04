const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A record id, always in its 18-character form.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_id.htm
 */
export class ApexId {
  readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }

  /** From 15 or 18 characters; null where they are no id, a wrong checksum included. */
  static parse(text: string): ApexId | null {
    if (!/^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(text)) return null;
    const short = text.slice(0, 15);
    const value = short + checksum(short);
    return text.length === 15 || text === value ? new ApexId(value) : null;
  }

  /** As `parse`, with the case of the letters restored from the last three of 18 characters. */
  static parseRestoringCase(text: string): ApexId | null {
    if (text.length !== 18) return ApexId.parse(text);
    const cased = [...text.slice(0, 15)].map((letter, i) => {
      const bits = SUFFIX.indexOf(text.charAt(15 + Math.floor(i / 5)).toUpperCase());
      return (bits >> (i % 5)) & 1 ? letter.toUpperCase() : letter.toLowerCase();
    });
    return ApexId.parse(cased.join(''));
  }

  /** For an id out of the store, which is known to be one. */
  static of(text: string): ApexId {
    const id = ApexId.parse(text);
    if (!id) throw new TypeError(`${text} is no record id`);
    return id;
  }

  to15(): string {
    return this.value.slice(0, 15);
  }

  get keyPrefix(): string {
    return this.value.slice(0, 3);
  }

  toString(): string {
    return this.value;
  }
}

function checksum(short: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(short.charAt(chunk * 5 + i))) bits |= 1 << i;
    suffix += SUFFIX.charAt(bits);
  }
  return suffix;
}
