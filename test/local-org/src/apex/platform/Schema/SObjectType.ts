import { SObjectValue } from '../../values/sobject-value.ts';
import type { NativeObject } from '../../values/native-object.ts';
import { idArg } from '../arguments.ts';
import { describeObject } from '../describes.ts';
import { objectOfToken } from '../tokens.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

const getDescribe: NativeMethod<NativeObject> = (runtime, self) => describeObject(runtime, objectOfToken(self));

export const SObjectTypeClass: PlatformClass<NativeObject> = {
  name: 'Schema.SObjectType',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_Schema_SObjectType.htm',
  methods: {
    'getDescribe()': getDescribe,
    'getDescribe(Object)': getDescribe,
    'newSObject()': (_runtime, self) => new SObjectValue(objectOfToken(self)),
    'newSObject(Id)': (runtime, self, args) => {
      const object = objectOfToken(self);
      const record = new SObjectValue(object);
      const id = idArg(runtime, args, 0);
      if (id.keyPrefix !== object.keyPrefix) return runtime.throwApex('StringException', `Invalid id: ${id.value}`);
      record.fields.set('Id', id);
      return record;
    },
  },
};
