// Who may import whom: one table, enforced by the linter. See the READMEs of mcp-shim and test/local-org for the picture.

/** Rooms of the local org, lowest first; each may import itself and those it names. */
const ROOMS = {
  catalog: [],
  schema: ['catalog'],
  store: ['schema'],
  formula: ['schema', 'catalog'],
  transaction: ['schema', 'store'],
  access: ['schema', 'store', 'transaction'],
  soql: ['schema', 'store', 'access', 'transaction', 'formula', 'catalog'],
  dml: ['schema', 'store', 'access', 'transaction', 'formula', 'soql'],
  metadata: ['schema', 'catalog', 'formula'],
  apex: ['catalog', 'schema', 'store', 'access', 'transaction', 'formula', 'soql', 'dml'],
  faults: [],
  api: ['schema', 'metadata', 'store', 'access', 'transaction', 'soql', 'dml', 'apex', 'faults'],
};

const ORG = 'test/local-org/src';

const SDK = { regex: '^@modelcontextprotocol/', message: 'Only mcp-shim/src/server imports the MCP SDK.' };
const JSFORCE = { regex: '^jsforce', message: 'Only mcp-shim/src/salesforce imports jsforce.' };
const TESTS = { regex: '^(\\.\\./)+(test|scripts)/', message: 'The shim never imports what stands in test or scripts.' };
const SHIM = { regex: 'mcp-shim|mcp-server-salesforce-revops', message: 'The local org never imports the shim: they meet over HTTP.' };

const PURE = {
  regex:
    '^\\.\\./(auth|cli|observability|server|testing|tools|writes|config|runtime|errors)|salesforce/(?!soql-|stage-names|user-facts|org-facts|gateway)',
  message: 'mcp-shim/src/risk decides and knows nothing of who asks: of salesforce it takes SOQL, stages, dates and types.',
};

const FIRST = {
  regex: '^(?!(\\./|\\.\\./setting-value\\.ts$|node:))',
  message: 'mcp-shim/src/handshake is loaded before everything else, and answers before it: it imports nothing of it.',
};

const rooms = Object.entries(ROOMS).map(([room, allowed]) => {
  const forbidden = Object.keys(ROOMS).filter((other) => other !== room && !allowed.includes(other));
  return rule(
    `${ORG}/${room}/**/*.ts`,
    forbidden.map((other) => ({ regex: `^(\\.\\./)+${other}/`, message: `The room ${room} may not import ${other}.` })),
  );
});

export const boundaries = [
  ...rooms,
  rule(`${ORG}/**/*.ts`, [SHIM, SDK, JSFORCE], `${ORG}/{${Object.keys(ROOMS).join(',')}}/**`),
  rule('mcp-shim/src/server/**/*.ts', [JSFORCE, TESTS]),
  rule('mcp-shim/src/salesforce/**/*.ts', [SDK, TESTS]),
  rule('mcp-shim/src/{auth,cli,observability,tools,writes}/**/*.ts', [SDK, JSFORCE, TESTS]),
  rule('mcp-shim/src/handshake/**/*.ts', [SDK, JSFORCE, TESTS, FIRST]),
  rule('mcp-shim/src/risk/**/*.ts', [SDK, JSFORCE, TESTS, PURE]),
  rule('mcp-shim/src/*.ts', [SDK, JSFORCE, TESTS]),
];

function rule(files, patterns, ignored) {
  const shared = files.startsWith(ORG) ? [SHIM, SDK, JSFORCE] : [];
  return {
    files: [files],
    ignores: ['**/*.test.ts', ...(ignored ? [ignored] : [])],
    rules: { 'no-restricted-imports': ['error', { patterns: [...new Set([...patterns, ...shared])] }] },
  };
}
