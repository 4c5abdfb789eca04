import type { NativeObject } from '../../values/native-object.ts';
import { describeField } from '../describes.ts';
import { fieldOfToken } from '../tokens.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

const getDescribe: NativeMethod<NativeObject> = (runtime, self) => {
  const { object, field } = fieldOfToken(self);
  return describeField(runtime, object, field);
};

export const SObjectFieldClass: PlatformClass<NativeObject> = {
  name: 'Schema.SObjectField',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_Schema_SObjectField.htm',
  methods: { 'getDescribe()': getDescribe, 'getDescribe(Object)': getDescribe },
};
