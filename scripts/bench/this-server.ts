import { packageName, packageVersion } from '../../mcp-shim/src/package-info.ts';
import { buildShim } from '../../mcp-shim/build.ts';
import type { Contender } from './contender.ts';
import { toSoql } from './sample-query.ts';

/** The bundle that users run, with default settings. */
export const thisServer: Contender = {
  name: packageName,
  version: packageVersion,
  prepare: async ({ url, token }) => ({
    command: { args: [await buildShim()], env: { SFDC_INSTANCE_URL: url, SFDC_ACCESS_TOKEN: token } },
  }),
  query: (sample) => ({ name: 'query', arguments: { soql: toSoql(sample) } }),
};
