import { integrationTests, unitTests } from './seed-document.ts';
import type { SeedDocument, Statement } from './seed-document.ts';

const surface = 'test/contract/surface.test.ts';
const dispatcher = 'mcp-shim/src/server/dispatcher.test.ts';
const guard = 'mcp-shim/src/salesforce/soql-guard.test.ts';
const bounds = 'mcp-shim/src/salesforce/soql-guard.property.test.ts';
const tokens = 'mcp-shim/src/auth/refreshing-token.test.ts';
const transport = 'mcp-shim/src/salesforce/http-transport.test.ts';
const settings = 'mcp-shim/src/config.test.ts';
const checks = unitTests('check_connection');
const policy = 'mcp-shim/src/salesforce/request-policy.test.ts';

const overview: Statement[] = [
  {
    id: 'revops-001',
    lines: [1, 1],
    says: "When a server such as this one, and when the vendor's own assistant, is the better choice.",
    readme: 'Set-up and choice of product',
  },
  {
    id: 'revops-002',
    lines: [3, 3],
    says: 'Accounts, deals, contacts and leads are read; SOQL is SELECT only; three helpers for revenue operations; two audited writes; nothing deletes or changes in bulk.',
    tests: [surface],
  },
  {
    id: 'revops-003',
    lines: [4, 4],
    says: 'It is a scaffold in Python that no org has run; stages, roles and the audit object differ from org to org.',
    tests: [integrationTests('check-connection')],
    readme: 'One server',
  },
];

const reads: Statement[] = [
  { id: 'revops-004', lines: [7, 7], says: 'get_account answers all fields of an account by its id.', tests: [unitTests('get_account')] },
  {
    id: 'revops-005',
    lines: [8, 8],
    says: 'get_opportunity answers all fields of a deal by its id, and its owner.',
    tests: [unitTests('get_opportunity'), integrationTests('deals')],
  },
  { id: 'revops-006', lines: [9, 9], says: 'get_contact answers all fields of a contact by its id.', tests: [unitTests('get_contact')] },
  { id: 'revops-007', lines: [10, 10], says: 'get_lead answers all fields of a lead by its id.', tests: [unitTests('get_lead')] },
  { id: 'revops-008', lines: [12, 12], says: 'query runs its SOQL on the REST query endpoint.', tests: [unitTests('query')] },
  { id: 'revops-009', lines: [12, 12], says: 'Anything but a single SELECT is refused.', tests: [guard] },
  { id: 'revops-010', lines: [12, 12], says: 'Every DML verb is refused before a request.', tests: [guard, integrationTests('bad-input')] },
  {
    id: 'revops-011',
    lines: [12, 12],
    says: 'bypass_sharing is false unless given; sharing of the running user applies; true is refused with a clear error.',
    tests: [unitTests('query'), integrationTests('bad-input')],
  },
  {
    id: 'revops-012',
    lines: [14, 14],
    says: 'pipeline_by_stage totals open deals that close in a window, by stage; 90 days unless given.',
    tests: [unitTests('pipeline_by_stage'), integrationTests('pipeline-totals')],
  },
  { id: 'revops-013', lines: [14, 14], says: 'Those of one owner, where asked for.', tests: [unitTests('pipeline_by_stage')] },
  {
    id: 'revops-014',
    lines: [15, 15],
    says: 'stale_opps lists open deals whose stage changed longer ago than the threshold; 30 days unless given.',
    tests: [unitTests('stale_opps'), integrationTests('deal-totals')],
  },
  {
    id: 'revops-015',
    lines: [16, 16],
    says: 'at_risk_commits lists deals of the commit stage without activity for more than 14 days,',
    tests: [unitTests('at_risk_commits'), integrationTests('deal-totals')],
    readme: 'Activity',
  },
  {
    id: 'revops-016',
    lines: [16, 16],
    says: 'or whose close date lies within 14 days of quarter_end_date, with no event ahead on the account.',
    tests: [unitTests('at_risk_commits'), integrationTests('deal-totals')],
  },
];

const writes: Statement[] = [
  {
    id: 'revops-017',
    lines: [18, 18],
    says: 'add_note creates a ContentNote and links it to the record.',
    tests: [integrationTests('write-tools')],
  },
  { id: 'revops-018', lines: [19, 19], says: 'update_field changes one field.', tests: [unitTests('update_field')] },
  {
    id: 'revops-019',
    lines: [19, 19],
    says: 'justification is required; a blank one, or one under 10 characters, is refused.',
    tests: [unitTests('update_field')],
  },
  {
    id: 'revops-020',
    lines: [19, 19],
    says: 'An audit row says object, record, field, old and new value, justification, who and when.',
    tests: [integrationTests('update-field')],
  },
  {
    id: 'revops-021',
    lines: [19, 19],
    says: 'It is written before the change; where it fails, nothing changes.',
    tests: [integrationTests('refused-writes')],
    readme: 'One transaction',
  },
  {
    id: 'revops-022',
    lines: [20, 20],
    says: 'Nothing deletes, changes in bulk, or shortcuts a stage transition.',
    tests: [surface, policy],
  },
  {
    id: 'revops-023',
    lines: [20, 20],
    says: 'A bulk read has at most 200 records a request.',
    tests: [bounds, integrationTests('query')],
  },
];

const setup: Statement[] = [
  { id: 'revops-024', lines: [22, 29], says: 'How to install a Python package from a clone.', readme: 'Set-up and choice of product' },
  {
    id: 'revops-025',
    lines: [31, 37],
    says: 'Which Connected App to create, with which scopes, and how to come by a first token.',
    readme: 'Set-up and choice of product',
  },
  {
    id: 'revops-026',
    lines: [38, 38],
    says: 'The access token comes from the environment; where a refresh would go is kept apart.',
    tests: [settings, tokens],
    readme: 'Tokens',
  },
  {
    id: 'revops-027',
    lines: [40, 46],
    says: 'Address, token, API version (v60.0), audit object (Cleanup_Audit__c) and commit stage are set by variables.',
    tests: [settings],
  },
  {
    id: 'revops-028',
    lines: [47, 47],
    says: 'The audit object has fields for object, record, field, old and new value, justification and performer; another object may be named.',
    tests: [integrationTests('update-field'), settings],
    readme: 'The audit object',
  },
  {
    id: 'revops-029',
    lines: [49, 66],
    says: 'How Claude Desktop starts it, with its settings.',
    tests: [integrationTests('bundle')],
    readme: 'Set-up and choice of product',
  },
  { id: 'revops-030', lines: [67, 67], says: 'About ten tools are listed after a restart.', tests: [surface], readme: 'One server' },
  {
    id: 'revops-031',
    lines: [69, 69],
    says: 'Pipeline totals equal those of a report; an update changes the field and writes its row.',
    tests: [integrationTests('pipeline-totals'), integrationTests('update-field')],
  },
];

const watchOuts: Statement[] = [
  {
    id: 'revops-032',
    lines: [71, 71],
    says: 'A user of its own sees only what the server needs, field by field.',
    tests: [integrationTests('access')],
  },
  { id: 'revops-033', lines: [71, 71], says: 'Its access is reviewed every quarter, and the day recorded.', tests: [checks] },
  {
    id: 'revops-034',
    lines: [72, 72],
    says: 'A query without LIMIT gets LIMIT 200, and every helper is bounded, so that no call pages without end.',
    tests: [bounds, surface, integrationTests('query')],
  },
  {
    id: 'revops-035',
    lines: [73, 73],
    says: 'A field that the user may not read is a clear error, by WITH SECURITY_ENFORCED on every query.',
    tests: [integrationTests('query'), integrationTests('bad-input')],
    readme: 'No `WITH SECURITY_ENFORCED`',
  },
  {
    id: 'revops-036',
    lines: [74, 74],
    says: 'A row without its change is marked Failed__c, to be reconciled weekly.',
    tests: [integrationTests('refused-writes')],
    readme: 'One transaction',
  },
  {
    id: 'revops-037',
    lines: [75, 75],
    says: 'An expired token is said loudly, and a 401 is not tried again in silence.',
    tests: [unitTests('query'), tokens],
    readme: 'Tokens',
  },
];

const todos: Statement[] = [
  {
    id: 'revops-038',
    lines: [77, 77],
    says: 'A refresh token renews the session on a 401.',
    tests: [tokens, integrationTests('every-tool')],
  },
  { id: 'revops-039', lines: [78, 78], says: 'Requests are tried again with growing waits.', tests: [transport] },
  {
    id: 'revops-040',
    lines: [79, 79],
    says: 'Integration tests run on an org of Salesforce.',
    tests: [integrationTests('bundle')],
    readme: 'Tests',
  },
  {
    id: 'revops-041',
    lines: [80, 80],
    says: 'One JSON line a call, with name, hash of the arguments, duration and status.',
    tests: [dispatcher],
  },
  { id: 'revops-042', lines: [81, 81], says: 'Sentry and OpenTelemetry, where wanted.', readme: 'Not part of the tools' },
  {
    id: 'revops-043',
    lines: [82, 82],
    says: 'Failed__c exists and is set where the update fails after its row.',
    tests: [integrationTests('refused-writes')],
    readme: 'One transaction',
  },
  {
    id: 'revops-044',
    lines: [83, 83],
    says: 'The audit object and the commit stage are checked against the org at first, and what fails is loud.',
    tests: [checks, integrationTests('check-connection')],
  },
  { id: 'revops-045', lines: [84, 84], says: 'The token comes out of a secret store.', readme: 'Not part of the tools' },
  {
    id: 'revops-046',
    lines: [85, 85],
    says: 'Each tool has a dry run that returns its SOQL or its writes and executes nothing.',
    tests: [surface, integrationTests('requests')],
  },
];

export const revopsServerDocument: SeedDocument = {
  name: 'RevOps server document',
  prefix: 'revops',
  lineCount: 85,
  silent: [
    [2, 2],
    [5, 6],
    [11, 11],
    [13, 13],
    [17, 17],
    [21, 21],
    [30, 30],
    [39, 39],
    [48, 48],
    [68, 68],
    [70, 70],
    [76, 76],
  ],
  statements: [...overview, ...reads, ...writes, ...setup, ...watchOuts, ...todos],
};
