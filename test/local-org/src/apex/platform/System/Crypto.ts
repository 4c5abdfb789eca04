import { createHash, createHmac } from 'node:crypto';
import { ApexBlob } from '../../values/apex-blob.ts';
import { blobArg, textArg } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

const DIGESTS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  'SHA-1': 'sha1',
  SHA256: 'sha256',
  'SHA-256': 'sha256',
  SHA512: 'sha512',
  'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
};
const MACS: Readonly<Record<string, string>> = { HMACMD5: 'md5', HMACSHA1: 'sha1', HMACSHA256: 'sha256', HMACSHA512: 'sha512' };

export const CryptoClass: PlatformClass = {
  name: 'Crypto',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_classes_restful_crypto.htm',
  statics: {
    // From the ids of the transaction, so that a test run can be repeated.
    'getRandomInteger()': ({ tx }) => createHash('sha256').update(tx.uuid()).digest().readInt32BE(0),
    'generateDigest(String,Blob)': (runtime, args) => {
      const name = textArg(runtime, args, 0);
      const algorithm = DIGESTS[name.toUpperCase()];
      if (algorithm === undefined) return runtime.throwApex('InvalidParameterValueException', `${name} MessageDigest not available`);
      return new ApexBlob(
        createHash(algorithm)
          .update(blobArg(runtime, args, 1).bytes)
          .digest(),
      );
    },
    'generateMac(String,Blob,Blob)': (runtime, args) => {
      const name = textArg(runtime, args, 0);
      const algorithm = MACS[name.toUpperCase()];
      if (algorithm === undefined) return runtime.throwApex('InvalidParameterValueException', `Algorithm ${name} not available`);
      return new ApexBlob(
        createHmac(algorithm, blobArg(runtime, args, 2).bytes)
          .update(blobArg(runtime, args, 1).bytes)
          .digest(),
      );
    },
  },
};
