import { ApexBlob } from '../../values/apex-blob.ts';
import { textArg } from '../arguments.ts';
import type { PlatformClass, Runtime } from '../types.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(runtime: Runtime, blob: ApexBlob): string {
  try {
    return utf8.decode(blob.bytes);
  } catch (error) {
    if (error instanceof TypeError) return runtime.throwApex('StringException', 'BLOB is not a valid UTF-8 string');
    throw error;
  }
}

export const BlobClass: PlatformClass<ApexBlob> = {
  name: 'Blob',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_blob.htm',
  statics: { 'valueOf(String)': (runtime, args) => new ApexBlob(Buffer.from(textArg(runtime, args, 0), 'utf8')) },
  methods: { 'size()': (_runtime, self) => self.bytes.length, 'toString()': (runtime, self) => decode(runtime, self) },
};
