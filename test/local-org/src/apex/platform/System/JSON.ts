import type { ApexValue } from '../../values/values.ts';
import { booleanArg, textArg, typeArg } from '../arguments.ts';
import { JsonSyntaxError, parseJson, type JsonNode } from '../json/parse-json.ts';
import { readTyped, readUntyped } from '../json/read-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { NativeStatic, PlatformClass, Runtime } from '../types.ts';

function parse(runtime: Runtime, args: readonly ApexValue[]): JsonNode {
  try {
    return parseJson(textArg(runtime, args, 0));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return runtime.throwApex('JSONException', error.message);
    throw error;
  }
}

const serialize =
  (pretty: boolean): NativeStatic =>
  (runtime, args) =>
    writeJson(runtime, args[0] ?? null, { pretty, suppressNulls: args.length > 1 && booleanArg(runtime, args, 1) });

const deserialize =
  (strict: boolean): NativeStatic =>
  (runtime, args) =>
    readTyped(runtime, parse(runtime, args), typeArg(runtime, args, 1), strict);

export const JSONClass: PlatformClass = {
  name: 'JSON',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Json.htm',
  statics: {
    'serialize(Object)': serialize(false),
    'serialize(Object,Boolean)': serialize(false),
    'serializePretty(Object)': serialize(true),
    'serializePretty(Object,Boolean)': serialize(true),
    'deserialize(String,Type)': deserialize(false),
    'deserializeStrict(String,Type)': deserialize(true),
    'deserializeUntyped(String)': (runtime, args) => readUntyped(runtime, parse(runtime, args)),
  },
};
