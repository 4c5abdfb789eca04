import type { Operation } from './operation.ts';

/**
 * Only the allocation that the local org keeps: the daily API requests.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm
 */
export const limits: Operation = {
  method: 'GET',
  path: '/limits',
  queryParameters: [],
  composite: 'never',
  run: (_request, org) => ({
    status: 200,
    body: { DailyApiRequests: { Max: org.apiUsage.max, Remaining: org.apiUsage.max - org.apiUsage.used } },
  }),
};
