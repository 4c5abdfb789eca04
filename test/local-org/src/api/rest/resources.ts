import type { Operation } from './operation.ts';

/**
 * `GET /services/data/vNN.0`: what there is below it. Lists what the local org answers, not all that the platform has.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm
 */
export const resources: Operation = {
  method: 'GET',
  path: '/',
  queryParameters: [],
  composite: 'never',
  run: (request) => {
    const base = `/services/data/${request.version}`;
    return {
      status: 200,
      body: { sobjects: `${base}/sobjects`, query: `${base}/query`, composite: `${base}/composite`, limits: `${base}/limits` },
    };
  },
};

/** First path segments that the platform answers and the local org does not. */
export const UNSUPPORTED_RESOURCES: ReadonlySet<string> = new Set([
  'actions', 'analytics', 'appMenu', 'apexrest', 'async-queries', 'asyncqueries', 'chatter', 'commerce', 'compactLayouts', 'connect', 'consent',
  'dedupe', 'deployRequest', 'domino', 'eclair', 'emailConnect', 'event', 'externalServiceRegistrations', 'flexiPage', 'folders', 'identity', 'iot',
  'jobs', 'jsonxform', 'knowledgeManagement', 'licensing', 'localizedvalue', 'lwc', 'match', 'metadata', 'mobile', 'named', 'nouns',
  'parameterizedSearch', 'payments', 'prechatForms', 'process', 'queryAll', 'quickActions', 'recent', 'scheduling', 'search', 'serviceTemplates',
  'smartdatadiscovery', 'ssot', 'support', 'tabs', 'theme', 'tooling', 'ui-api', 'wave',
]); // prettier-ignore
