import { z } from 'zod';

const TEST_LEVELS = ['NoTestRun', 'RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg'] as const;

/**
 * Options of a deploy as the API takes them; anything else is refused rather than ignored.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm
 */
export const deployOptionsSchema = z.strictObject({
  allowMissingFiles: z.literal(false, 'is not supported by the local org').default(false),
  autoUpdatePackage: z.literal(false, 'is not supported by the local org').default(false),
  checkOnly: z.boolean().default(false),
  ignoreWarnings: z.boolean().default(false),
  performRetrieve: z.literal(false, 'is not supported by the local org').default(false),
  /** Deleted components never go to a recycle bin here, so both values come to the same. */
  purgeOnDelete: z.boolean().default(false),
  rollbackOnError: z.literal(true, 'is not supported by the local org: its deploys are all or nothing').default(true),
  runTests: z.array(z.string().min(1)).default([]),
  singlePackage: z.boolean().default(false),
  testLevel: z.enum(TEST_LEVELS, `is one of ${TEST_LEVELS.join(', ')}`).default('NoTestRun'),
});

export type DeployApiOptions = z.infer<typeof deployOptionsSchema>;
