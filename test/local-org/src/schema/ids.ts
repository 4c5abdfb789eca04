/**
 * Record ids: 15 case-sensitive characters, of which the first three are the key prefix of the object; the 18-character
 * form adds three that make it safe where case is lost.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/field_types.htm (Id field type)
 */

const CHECKSUM_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHAPE = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/;

/** The 18-character form of a 15-character id; an id of 18 characters is returned as it is. */
export function to18(id: string): string {
  if (id.length === 18) return id;
  if (id.length !== 15) throw new RangeError(`An id has 15 or 18 characters; '${id}' has ${id.length}`);
  return id + checksum(id);
}

/** True for 15 letters and digits, and for 18 whose last three fit the case of the first 15. */
export function isValidId(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  return text.length === 15 || text.slice(15) === checksum(text.slice(0, 15));
}

/** The three characters that tell the object of an id: `006` of an opportunity. */
export function keyPrefix(id: string): string {
  return id.slice(0, 3);
}

/** Each of the three characters encodes, for five characters of the id, which of them are upper-case letters. */
function checksum(id: string): string {
  let out = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset++) {
      const character = id.charAt(start + offset);
      if (character >= 'A' && character <= 'Z') bits |= 1 << offset;
    }
    out += CHECKSUM_DIGITS.charAt(bits);
  }
  return out;
}
