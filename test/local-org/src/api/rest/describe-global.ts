import type { ObjectDef } from '../../schema/types.ts';
import type { Operation } from './operation.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm */
export const describeGlobal: Operation = {
  method: 'GET',
  path: '/sobjects',
  queryParameters: [],
  composite: 'yes',
  run: (request, org) => {
    const objects = [...org.schema.objects()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      status: 200,
      body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects: objects.map((object) => objectJson(object, request.version)) },
    };
  },
};

/** What describe says of an object itself, without its fields. */
export function objectJson(object: ObjectDef, version: string): Record<string, unknown> {
  const url = `/services/data/${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: true,
    mergeable: false,
    mruEnabled: false,
    name: object.name,
    queryable: object.queryable,
    replicateable: true,
    retrieveable: true,
    searchable: false,
    triggerable: true,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: { describe: `${url}/describe`, rowTemplate: `${url}/{ID}`, sobject: url },
  };
}
