import { T } from '../../types.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { textArg } from '../arguments.ts';
import { putInMap } from '../collections.ts';
import { storedProperties } from '../properties.ts';
import type { PlatformClass, Runtime } from '../types.ts';

/** A request as `new RestRequest()` makes it. The names of headers ignore case, those of parameters do not. */
export function newRestRequest(): NativeObject {
  const request = new NativeObject(T.platform('RestRequest'));
  request.properties.set('headers', new ApexMap(T.String, T.String, new Map(), true));
  request.properties.set('params', new ApexMap(T.String, T.String));
  return request;
}

/** Puts a text into a map property; a map that guest code has set to null is refused as the platform refuses it. */
export function putInProperty(runtime: Runtime, self: NativeObject, property: string, args: readonly ApexValue[]): null {
  const map = self.properties.get(property);
  if (!(map instanceof ApexMap)) return runtime.throwApex('NullPointerException', 'Attempt to de-reference a null object');
  putInMap(runtime, map, textArg(runtime, args, 0), args[1] ?? null);
  return null;
}

export const RestRequestClass: PlatformClass<NativeObject> = {
  name: 'RestRequest',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_restrequest.htm',
  constructors: { '()': newRestRequest },
  properties: storedProperties('headers', 'httpMethod', 'params', 'remoteAddress', 'requestBody', 'requestURI', 'resourcePath'),
  methods: {
    'addHeader(String,String)': (runtime, self, args) => putInProperty(runtime, self, 'headers', args),
    'addParameter(String,String)': (runtime, self, args) => putInProperty(runtime, self, 'params', args),
  },
};
