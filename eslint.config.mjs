import { boundaries } from './config/boundaries.mjs';
import { nodeFloor } from './config/node-floor.mjs';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/generated/**',
      '**/coverage/**',
      'force-app/**',
      'test/local-org/fixtures/**',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Where stdio speaks JSON-RPC, stdout belongs to the protocol.
  // The command line prints its report there, and stdio.ts re-points console for what dependencies print.
  { files: ['mcp-shim/src/**/*.ts'], ignores: ['mcp-shim/src/cli/**', 'mcp-shim/src/server/stdio.ts'], rules: { 'no-console': 'error' } },
  // Tests run on Node 24; the server also where its users are.
  { files: ['mcp-shim/src/**/*.ts'], ignores: ['**/*.test.ts', 'mcp-shim/src/testing/**'], ...nodeFloor },
  // Values of guest code have texts of their own; the rule sees only the union.
  { files: ['test/local-org/src/apex/**/*.ts'], rules: { '@typescript-eslint/no-base-to-string': 'off' } },
  // Tools are data and a handler; errors have one mapper, in the dispatcher.
  {
    files: ['mcp-shim/src/tools/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'TryStatement', message: 'Tools do not catch: the dispatcher maps errors.' }] },
  },
  ...boundaries,
);
