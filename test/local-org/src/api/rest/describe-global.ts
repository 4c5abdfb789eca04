import type { ObjectAccess } from '../../access/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Operation } from './operation.ts';
import { accessOf, schemaFor } from './visible-objects.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm */
export const describeGlobal: Operation = {
  method: 'GET',
  path: '/sobjects',
  queryParameters: [],
  composite: 'yes',
  run: (request, org) => {
    const access = accessOf(request.user, org);
    const objects = [...schemaFor(request.user, org).objects()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      status: 200,
      body: {
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: objects.map((object) => objectJson(object, access.object(object), request.version)),
      },
    };
  },
};

/** What describe says of an object itself, without its fields, to somebody with this access. */
export function objectJson(object: ObjectDef, access: ObjectAccess, version: string): Record<string, unknown> {
  const url = `/services/data/${version}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable && access.create,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable && access.delete,
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
    undeletable: object.deletable && access.delete,
    updateable: object.updateable && access.edit,
    urls: { describe: `${url}/describe`, rowTemplate: `${url}/{ID}`, sobject: url },
  };
}
