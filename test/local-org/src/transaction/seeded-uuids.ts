import { createHash } from 'node:crypto';

/**
 * A source of version 4 UUIDs that gives the same ones in the same order for the same seed. Not for secrets.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
 */
export function seededUuids(seed: string): () => string {
  let drawn = 0;
  return () => {
    const bytes = createHash('sha256').update(`${seed}/${++drawn}`).digest().subarray(0, 16);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
}
