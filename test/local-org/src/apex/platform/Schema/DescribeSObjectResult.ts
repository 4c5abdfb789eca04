import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import type { ObjectDescribe } from '../describes.ts';
import { sobjectTypeToken } from '../tokens.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

type Method = NativeMethod<NativeObject>;

const describeOf = (self: NativeObject): ObjectDescribe => self.data as ObjectDescribe;

const answer =
  (pick: (describe: ObjectDescribe) => ApexValue): Method =>
  (_runtime, self) =>
    pick(describeOf(self));

function fieldsOf(self: NativeObject): NativeObject {
  return new NativeObject(T.platform('Schema.SObjectTypeFields'), describeOf(self).object);
}

function childRelationships({ object }: ObjectDescribe): ApexList {
  const type = T.platform('Schema.ChildRelationship');
  return new ApexList(
    type,
    object.childRelationships.map((child) => new NativeObject(type, child)),
  );
}

export const DescribeSObjectResultClass: PlatformClass<NativeObject> = {
  name: 'Schema.DescribeSObjectResult',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_sobject_describe.htm',
  properties: { Fields: { get: (_runtime, self) => fieldsOf(self) } },
  methods: {
    'getChildRelationships()': answer(childRelationships),
    'getFields()': (_runtime, self) => fieldsOf(self),
    'getKeyPrefix()': answer(({ object }) => (object.keyPrefix === '' ? null : object.keyPrefix)),
    'getLabel()': answer(({ object }) => object.label),
    'getLabelPlural()': answer(({ object }) => object.labelPlural),
    'getLocalName()': answer(({ object }) => object.name),
    'getName()': answer(({ object }) => object.name),
    'getSObjectType()': answer(({ object }) => sobjectTypeToken(object)),
    'isAccessible()': answer(({ object, access }) => object.queryable && access.read),
    'isCreateable()': answer(({ object, access }) => object.createable && access.create),
    'isCustom()': answer(({ object }) => object.custom),
    // The deploy of a custom setting is refused, and no standard object is one.
    'isCustomSetting()': answer(() => false),
    'isDeletable()': answer(({ object, access }) => object.deletable && access.delete),
    'isQueryable()': answer(({ object, access }) => object.queryable && access.read),
    'isUpdateable()': answer(({ object, access }) => object.updateable && access.edit),
  },
};
