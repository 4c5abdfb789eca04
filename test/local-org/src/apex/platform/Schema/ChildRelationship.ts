import type { ChildRelationship } from '../../../schema/types.ts';
import type { NativeObject } from '../../values/native-object.ts';
import { objectNamed } from '../describes.ts';
import { fieldNamed } from '../sobjects.ts';
import { sobjectFieldToken, sobjectTypeToken } from '../tokens.ts';
import type { PlatformClass } from '../types.ts';

const relationshipOf = (self: NativeObject): ChildRelationship => self.data as ChildRelationship;

export const ChildRelationshipClass: PlatformClass<NativeObject> = {
  name: 'Schema.ChildRelationship',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_Schema_ChildRelationship.htm',
  methods: {
    'getChildSObject()': (runtime, self) => sobjectTypeToken(objectNamed(runtime, relationshipOf(self).childObject)),
    'getField()': (runtime, self) => {
      const object = objectNamed(runtime, relationshipOf(self).childObject);
      return sobjectFieldToken(object, fieldNamed(runtime, object, relationshipOf(self).field));
    },
    'getRelationshipName()': (_runtime, self) => relationshipOf(self).relationshipName,
  },
};
