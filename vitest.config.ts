import { defineConfig } from 'vitest/config';
import { localOrgTags } from './test/integration/support/local-org-tags.ts';

const [major] = process.versions.node.split('.').map(Number);
if (major === undefined || major < 24) {
  throw new Error(
    `The tests run on Node 24, and this is Node ${process.versions.node}. Start them with npm (npm test): it brings Node 24.`,
  );
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing is timed: the limit only ends a test that hangs, on a busy machine too.
          testTimeout: 30_000,
          include: [
            'mcp-shim/src/**/*.test.ts',
            'test/local-org/{src,data,mutations}/**/*.test.ts',
            'test/apex-check/**/*.test.ts',
            'test/contract/**/*.test.ts',
            'mcp-shim/surface/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['test/integration/support/global-setup.ts'],
          tags: localOrgTags,
        },
      },
      // `npm run test:cli`. Each command is a process of some 200 MB that takes a core for a second: no more of them than cores.
      { test: { name: 'cli', include: ['test/sf-cli/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, maxWorkers: 2 } },
    ],
  },
});
