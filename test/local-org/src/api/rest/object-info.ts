import { objectJson } from './describe-global.ts';
import { findObject } from './find-object.ts';
import type { Operation } from './operation.ts';
import { accessOf } from './visible-objects.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info_get.htm */
export const objectInfo: Operation = {
  method: 'GET',
  path: '/sobjects/:object',
  queryParameters: [],
  composite: 'yes',
  run: (request, org) => {
    const object = findObject(request, org);
    const objectDescribe = objectJson(object, accessOf(request.user, org).object(object), request.version);
    // The local org keeps no list of recently viewed records.
    return { status: 200, body: { objectDescribe, recentItems: [] } };
  },
};
