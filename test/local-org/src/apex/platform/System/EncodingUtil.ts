import { NotSupported } from '../../../errors.ts';
import { ApexBlob } from '../../values/apex-blob.ts';
import type { ApexValue } from '../../values/values.ts';
import { blobArg, textArg } from '../arguments.ts';
import type { PlatformClass, Runtime } from '../types.ts';

function fromBase64(runtime: Runtime, text: string): ApexBlob {
  const wrong = /[^A-Za-z0-9+/=\s]/.exec(text);
  if (wrong) return runtime.throwApex('StringException', `Unrecognized base64 character: ${wrong[0]}`);
  return new ApexBlob(Buffer.from(text, 'base64'));
}

function fromHex(runtime: Runtime, text: string): ApexBlob {
  const wrong = /[^0-9a-fA-F]/.exec(text);
  if (wrong) return runtime.throwApex('StringException', `Unrecognized hex character: ${wrong[0]}`);
  if (text.length % 2 !== 0) return runtime.throwApex('StringException', 'Hex String has an odd number of characters');
  return new ApexBlob(Buffer.from(text, 'hex'));
}

function requireUtf8(runtime: Runtime, args: readonly ApexValue[]): void {
  const charset = textArg(runtime, args, 1);
  if (!/^utf-?8$/i.test(charset)) throw new NotSupported(`EncodingUtil with the character set ${charset}`, runtime.location());
}

/** As HTML forms do: a blank is `+`, and of the signs only `. - * _` stay. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%20|[!'()~]/g, (char) =>
    char === '%20' ? '+' : `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function urlDecode(runtime: Runtime, text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError)
      return runtime.throwApex('IllegalArgumentException', 'URLDecoder: Illegal hex characters in escape (%) pattern');
    throw error;
  }
}

export const EncodingUtilClass: PlatformClass = {
  name: 'EncodingUtil',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_classes_restful_encodingUtil.htm',
  statics: {
    'base64Encode(Blob)': (runtime, args) => blobArg(runtime, args, 0).bytes.toString('base64'),
    'base64Decode(String)': (runtime, args) => fromBase64(runtime, textArg(runtime, args, 0)),
    'convertToHex(Blob)': (runtime, args) => blobArg(runtime, args, 0).bytes.toString('hex'),
    'convertFromHex(String)': (runtime, args) => fromHex(runtime, textArg(runtime, args, 0)),
    'urlEncode(String,String)': (runtime, args) => {
      requireUtf8(runtime, args);
      return urlEncode(textArg(runtime, args, 0));
    },
    'urlDecode(String,String)': (runtime, args) => {
      requireUtf8(runtime, args);
      return urlDecode(runtime, textArg(runtime, args, 0));
    },
  },
};
