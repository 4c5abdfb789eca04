/** Key prefixes of the standard objects that this product's tools touch; custom objects get theirs per org. */
const standardPrefixes: Readonly<Record<string, string>> = {
  account: '001',
  contact: '003',
  opportunity: '006',
  lead: '00Q',
  case: '500',
  task: '00T',
  event: '00U',
  user: '005',
  campaign: '701',
  contract: '800',
  product2: '01t',
  opportunitylineitem: '00k',
  quote: '0Q0',
};

const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** True for a 15-character id, and for an 18-character one whose last three characters fit the first fifteen. */
export function isRecordId(text: string): boolean {
  if (/^[A-Za-z0-9]{15}$/.test(text)) return true;
  return /^[A-Za-z0-9]{18}$/.test(text) && text.slice(15).toUpperCase() === idSuffix(text.slice(0, 15));
}

/** False only where the object is a standard one whose prefix is known and the id has another. */
export function fitsObject(recordId: string, objectType: string): boolean {
  const name = objectType.toLowerCase();
  const prefix = Object.hasOwn(standardPrefixes, name) ? standardPrefixes[name] : undefined;
  return prefix === undefined || recordId.startsWith(prefix);
}

/** The 18-character form, which compares without regard to case. Takes a valid id. */
export function toLongId(recordId: string): string {
  return recordId.slice(0, 15) + idSuffix(recordId.slice(0, 15));
}

/** One character per five, its bits set where a letter is upper case (Salesforce Help, "15- and 18-character IDs"). */
function idSuffix(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      let bits = 0;
      for (let index = 0; index < 5; index += 1) {
        if (/[A-Z]/.test(id15.charAt(start + index))) bits |= 1 << index;
      }
      return suffixAlphabet.charAt(bits);
    })
    .join('');
}
