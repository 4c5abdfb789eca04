import type { UserAccess } from '../../access/types.ts';
import { compoundFieldName, isPermissionable } from '../../schema/field-security.ts';
import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';
import { objectJson } from './describe-global.ts';
import { fieldJson } from './field-json.ts';
import { findObject } from './find-object.ts';
import type { Operation } from './operation.ts';
import { accessOf, schemaFor, visibleFields } from './visible-objects.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
export const describeObject: Operation = {
  method: 'GET',
  path: '/sobjects/:object/describe',
  queryParameters: [],
  composite: 'yes',
  run: (request, org) => {
    const object = findObject(request, org);
    const schema = schemaFor(request.user, org);
    const access = accessOf(request.user, org);
    const children = object.childRelationships.filter(
      (child) => schema.childRelationship(object, child.relationshipName).kind !== 'unknown',
    );
    return {
      status: 200,
      body: {
        actionOverrides: [],
        ...objectJson(object, access.object(object), request.version),
        childRelationships: children.map((child) => ({
          cascadeDelete: false,
          childSObject: child.childObject,
          deprecatedAndHidden: false,
          field: child.field,
          junctionIdListNames: [],
          junctionReferenceTo: [],
          relationshipName: child.relationshipName,
          restrictedDelete: false,
        })),
        compactLayoutable: true,
        fields: visibleFields(object, access).map((field) => fieldDescribe(object, field, writability(object, field, access))),
        namedLayoutInfos: [],
        recordTypeInfos: [],
        supportedScopes: [],
      },
    };
  },
};

/** What the user may do with a field that may be read. */
interface Writability {
  readonly createable: boolean;
  readonly updateable: boolean;
}

function writability(object: ObjectDef, field: FieldDef, access: UserAccess): Writability {
  const { create, edit } = access.object(object);
  const writable = access.field(object, field).edit;
  return { createable: field.createable && create && writable, updateable: field.updateable && edit && writable };
}

/** Types of the SOAP API that describe names beside its own. */
const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm */
function fieldDescribe(object: ObjectDef, field: FieldDef, { createable, updateable }: Writability): Record<string, unknown> {
  const text = field.length > 0;
  return {
    aggregatable: field.filterable,
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    // UTF-8 takes up to three bytes for each UTF-16 unit.
    byteLength: text ? (field.type === 'id' || field.type === 'reference' ? field.length : field.length * 3) : 0,
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    compoundFieldName: compoundFieldName(object, field),
    controllerName: null,
    createable,
    custom: field.custom,
    defaultValue: fieldJson(field.type, field.defaultValue),
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    // The only setting that the local org deploys.
    formulaTreatNullNumberAsZero: field.formula !== null,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted,
    idLookup: field.type === 'id' || field.externalId || field.nameField,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: field.referenceTo.length > 1,
    nillable: field.nillable,
    permissionable: isPermissionable(object, field),
    picklistValues: field.picklistValues.map((entry) => ({
      active: entry.active,
      defaultValue: entry.defaultValue,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: field.referenceTo.length > 1,
    precision: field.type === 'int' ? 0 : field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: false,
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable,
    writeRequiresMasterRead: false,
  };
}
