import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { PlatformClass } from '../types.ts';

export const RequestClass: PlatformClass<NativeObject> = {
  name: 'Request',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Request.htm',
  statics: { 'getCurrent()': (runtime) => new NativeObject(T.platform('Request'), null, runtime.tx.requestId) },
  methods: { 'getRequestId()': (_runtime, self) => self.key },
};
