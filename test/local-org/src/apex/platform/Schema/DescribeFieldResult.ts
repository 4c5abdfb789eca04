import { NotSupported } from '../../../errors.ts';
import type { FieldType } from '../../../schema/types.ts';
import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { fromStored } from '../../values/convert.ts';
import { NativeObject } from '../../values/native-object.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import { objectNamed, type FieldDescribe } from '../describes.ts';
import { sobjectFieldToken, sobjectTypeToken } from '../tokens.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

type Method = NativeMethod<NativeObject>;

/** Field types whose DisplayType has another name. */
const DISPLAY_TYPES: Partial<Readonly<Record<FieldType, string>>> = { int: 'INTEGER' };

const SOAP_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'ID',
  reference: 'ID',
  string: 'STRING',
  textarea: 'STRING',
  picklist: 'STRING',
  multipicklist: 'STRING',
  combobox: 'STRING',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  double: 'DOUBLE',
  currency: 'DOUBLE',
  percent: 'DOUBLE',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'TIME',
  email: 'STRING',
  phone: 'STRING',
  url: 'STRING',
  base64: 'BASE64BINARY',
  address: 'ADDRESS',
  location: 'LOCATION',
  encryptedstring: 'STRING',
};

const answer =
  (pick: (describe: FieldDescribe) => ApexValue): Method =>
  (_runtime, self) =>
    pick(self.data as FieldDescribe);

const picklistValues = ({ field }: FieldDescribe): ApexList => {
  const type = T.platform('Schema.PicklistEntry');
  return new ApexList(
    type,
    field.picklistValues.map((entry) => new NativeObject(type, entry)),
  );
};

const referenceTo: Method = (runtime, self) => {
  const { field } = self.data as FieldDescribe;
  return new ApexList(
    T.platform('Schema.SObjectType'),
    field.referenceTo.map((name) => sobjectTypeToken(objectNamed(runtime, name))),
  );
};

export const DescribeFieldResultClass: PlatformClass<NativeObject> = {
  name: 'Schema.DescribeFieldResult',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_fields_describe.htm',
  methods: {
    'getCalculatedFormula()': answer(({ field }) => field.formula),
    'getDefaultValue()': answer(({ field }) => fromStored(field, field.defaultValue)),
    /** Digits of whole-number fields; of all others precision and scale tell. */
    'getDigits()': answer(({ field }) => (field.type === 'int' ? field.precision : 0)),
    'getInlineHelpText()': answer(({ field }) => field.inlineHelpText),
    'getLabel()': answer(({ field }) => field.label),
    'getLength()': answer(({ field }) => field.length),
    'getLocalName()': answer(({ field }) => field.name),
    'getName()': answer(({ field }) => field.name),
    'getPicklistValues()': answer(picklistValues),
    'getPrecision()': answer(({ field }) => (field.type === 'int' ? 0 : field.precision)),
    'getReferenceTo()': referenceTo,
    'getRelationshipName()': answer(({ field }) => field.relationshipName),
    'getSObjectType()': answer(({ object }) => sobjectTypeToken(object)),
    'getScale()': answer(({ field }) => field.scale),
    'getSoapType()': answer(({ field }) => platformEnumValue('Schema.SoapType', SOAP_TYPES[field.type])),
    'getSobjectField()': answer(({ object, field }) => sobjectFieldToken(object, field)),
    'getType()': answer(({ field }) => platformEnumValue('Schema.DisplayType', DISPLAY_TYPES[field.type] ?? field.type.toUpperCase())),
    'isAccessible()': answer(({ fieldAccess }) => fieldAccess.read),
    'isAutoNumber()': answer(({ field }) => field.autoNumber),
    'isCalculated()': answer(({ field }) => field.calculated),
    'isCaseSensitive()': answer(({ field }) => field.caseSensitive),
    'isCreateable()': answer(({ field, access, fieldAccess }) => field.createable && access.create && fieldAccess.edit),
    'isCustom()': answer(({ field }) => field.custom),
    'isDefaultedOnCreate()': answer(({ field }) => field.defaultedOnCreate),
    /** Shield Platform Encryption: there is none here. */
    'isEncrypted()': (runtime, self) => {
      if ((self.data as FieldDescribe).field.type === 'encryptedstring')
        throw new NotSupported('isEncrypted of an encrypted text field', runtime.location());
      return false;
    },
    'isExternalId()': answer(({ field }) => field.externalId),
    'isFilterable()': answer(({ field }) => field.filterable),
    'isGroupable()': answer(({ field }) => field.groupable),
    'isHtmlFormatted()': answer(({ field }) => field.htmlFormatted),
    'isNameField()': answer(({ field }) => field.nameField),
    'isNamePointing()': answer(({ field }) => field.referenceTo.length > 1),
    'isNillable()': answer(({ field }) => field.nillable),
    'isRestrictedPicklist()': answer(({ field }) => field.restrictedPicklist),
    'isSortable()': answer(({ field }) => field.sortable),
    'isUnique()': answer(({ field }) => field.unique),
    'isUpdateable()': answer(({ field, access, fieldAccess }) => field.updateable && access.edit && fieldAccess.edit),
  },
};
