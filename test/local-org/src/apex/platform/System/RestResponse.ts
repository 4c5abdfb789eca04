import { T } from '../../types.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { NativeObject } from '../../values/native-object.ts';
import { storedProperties } from '../properties.ts';
import type { PlatformClass } from '../types.ts';
import { putInProperty } from './RestRequest.ts';

export function newRestResponse(): NativeObject {
  const response = new NativeObject(T.platform('RestResponse'));
  response.properties.set('headers', new ApexMap(T.String, T.String, new Map(), true));
  return response;
}

export const RestResponseClass: PlatformClass<NativeObject> = {
  name: 'RestResponse',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_restresponse.htm',
  constructors: { '()': newRestResponse },
  properties: storedProperties('headers', 'responseBody', 'statusCode'),
  methods: { 'addHeader(String,String)': (runtime, self, args) => putInProperty(runtime, self, 'headers', args) },
};
