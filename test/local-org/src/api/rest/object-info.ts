import { objectJson } from './describe-global.ts';
import { findObject } from './find-object.ts';
import type { Operation } from './operation.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info_get.htm */
export const objectInfo: Operation = {
  method: 'GET',
  path: '/sobjects/:object',
  queryParameters: [],
  composite: 'yes',
  run: (request, org) => ({
    status: 200,
    // The local org keeps no list of recently viewed records.
    body: { objectDescribe: objectJson(findObject(request, org), request.version), recentItems: [] },
  }),
};
