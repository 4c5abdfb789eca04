import type { ObjectDef } from '../../../schema/types.ts';
import { T } from '../../types.ts';
import type { NativeObject } from '../../values/native-object.ts';
import { makeStringMap } from '../collections.ts';
import { sobjectFieldToken } from '../tokens.ts';
import type { PlatformClass } from '../types.ts';

export const SObjectTypeFieldsClass: PlatformClass<NativeObject> = {
  name: 'Schema.SObjectTypeFields',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_dynamic_field_tokens.htm',
  methods: {
    /** Every field of the object, also those that the user does not see; keys ignore case. */
    'getMap()': (runtime, self) => {
      const object = self.data as ObjectDef;
      const tokens = [...object.fields.values()].map((field) => [field.name, sobjectFieldToken(object, field)] as const);
      return makeStringMap(runtime, T.platform('Schema.SObjectField'), tokens, true);
    },
  },
};
