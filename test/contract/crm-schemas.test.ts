import { describe, expect, it, test } from 'vitest';
import { ContractError, errorCodes } from '../../mcp-shim/src/errors.ts';
import { catalogues } from '../../mcp-shim/src/tools/catalogue.ts';
import type { Tool } from '../../mcp-shim/src/tools/tool.ts';
import { jsonSchemaOf, notation } from '../../mcp-shim/surface/schema-notation.ts';
import type { JsonSchema } from '../../mcp-shim/surface/schema-notation.ts';

/** What the CRM tool contracts say of schemas, read off the live ones. */

function toolNamed(name: string): Tool {
  const tool = catalogues.required.find((known) => known.name === name);
  if (!tool) throw new Error(`there is no tool ${name}`);
  return tool;
}

/** As a call sends it: with or without it, and with which value for nothing. */
interface Argument {
  type: 'string' | 'integer' | 'boolean';
  /** Of objects whose records it names. */
  id?: boolean;
  date?: boolean;
  enum?: string[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
}

const text: Argument = { type: 'string' };
const id: Argument = { type: 'string', id: true };
const date: Argument = { type: 'string', date: true };
const page: Argument = { type: 'integer', default: 25, minimum: 1, maximum: 50 };

describe('arguments', () => {
  it.each<[id: string, tool: string, argument: string, expected: Argument]>([
    ['[crm-005]', 'get_account', 'account_id', id],
    ['[crm-006]', 'get_account', 'account_name', text],
    ['[crm-017]', 'search_accounts', 'query', text],
    ['[crm-018]', 'search_accounts', 'industry', text],
    ['[crm-019]', 'search_accounts', 'owner_id', id],
    ['[crm-020]', 'search_accounts', 'limit', page],
    ['[crm-025]', 'get_contacts_for_account', 'account_id', id],
    ['[crm-026]', 'get_contacts_for_account', 'limit', page],
    ['[crm-030]', 'get_opportunities', 'owner_id', id],
    ['[crm-031]', 'get_opportunities', 'account_id', id],
    ['[crm-032]', 'get_opportunities', 'stage', text],
    ['[crm-033]', 'get_opportunities', 'close_date_from', date],
    ['[crm-034]', 'get_opportunities', 'close_date_to', date],
    ['[crm-035]', 'get_opportunities', 'include_closed', { type: 'boolean', default: false }],
    ['[crm-036]', 'get_opportunities', 'limit', page],
    ['[crm-039]', 'get_pipeline_summary', 'manager_id', id],
    ['[crm-040]', 'get_pipeline_summary', 'owner_id', id],
    ['[crm-046]', 'get_case', 'case_id', id],
    ['[crm-047]', 'get_case', 'case_number', text],
    ['[crm-051]', 'create_case', 'subject', text],
    ['[crm-052]', 'create_case', 'description', text],
    ['[crm-053]', 'create_case', 'priority', { type: 'string', enum: ['High', 'Medium', 'Low'], default: 'Medium' }],
    ['[crm-054]', 'create_case', 'type', text],
    ['[crm-055]', 'create_case', 'account_id', id],
    ['[crm-056]', 'create_case', 'contact_id', id],
    ['[crm-061]', 'update_case', 'case_id', id],
    ['[crm-062]', 'update_case', 'priority', { type: 'string', enum: ['High', 'Medium', 'Low'] }],
    ['[crm-063]', 'update_case', 'status', text],
    ['[crm-064]', 'update_case', 'type', text],
    ['[crm-065]', 'update_case', 'comment', text],
    ['[crm-069]', 'get_recent_activities', 'related_to_id', id],
    ['[crm-070]', 'get_recent_activities', 'days', { type: 'integer', default: 30, minimum: 1, maximum: 90 }],
    ['[crm-071]', 'get_recent_activities', 'limit', page],
    ['[crm-075]', 'create_task', 'subject', text],
    ['[crm-076]', 'create_task', 'description', text],
    ['[crm-077]', 'create_task', 'due_date', date],
    ['[crm-078]', 'create_task', 'related_to_id', id],
    ['[crm-079]', 'create_task', 'who_id', id],
    ['[crm-080]', 'create_task', 'priority', { type: 'string', enum: ['High', 'Normal', 'Low'], default: 'Normal' }],
    ['[crm-084]', 'get_leads', 'status', text],
    ['[crm-085]', 'get_leads', 'owner_id', id],
    ['[crm-086]', 'get_leads', 'lead_source', text],
    ['[crm-087]', 'get_leads', 'limit', page],
    ['[crm-090]', 'update_lead_status', 'lead_id', id],
    ['[crm-091]', 'update_lead_status', 'status', text],
    ['[crm-095]', 'get_team_members', 'manager_id', id],
  ])('%s %s takes %s', (_id, name, argument, { id: isId, date: isDate, ...expected }) => {
    const input = toolNamed(name).input();
    const listed = jsonSchemaOf(input).properties?.[argument] ?? {};
    const kept = Object.entries(listed).filter(([key]) => ['type', 'enum', 'default', 'minimum', 'maximum'].includes(key));
    expect(Object.fromEntries(kept)).toEqual(expected);
    const takes = (value: unknown): boolean =>
      input.safeParse({ [argument]: value }).error?.issues.every(({ path }) => path[0] !== argument) ?? true;
    if (isId) expect(['x', '123', 'Acme'].filter(takes)).toEqual([]);
    if (isDate) expect(['2026-02-29', '2026-2-1', '01/02/2026', '2028-02-29'].filter(takes)).toEqual(['2028-02-29']);
  });

  it.each<[id: string, tool: string, required: string[]]>([
    ['[crm-021]', 'search_accounts', ['query']],
    ['[crm-027]', 'get_contacts_for_account', ['account_id']],
    ['[crm-057]', 'create_case', ['subject', 'description']],
    ['[crm-066]', 'update_case', ['case_id']],
    ['[crm-072]', 'get_recent_activities', ['related_to_id']],
    ['[crm-081]', 'create_task', ['subject']],
    ['[crm-092]', 'update_lead_status', ['lead_id', 'status']],
    ['[crm-096]', 'get_team_members', ['manager_id']],
    ['', 'get_account', []],
    ['', 'get_opportunities', []],
    ['', 'get_pipeline_summary', []],
    ['', 'get_case', []],
    ['', 'get_leads', []],
  ])('%s %s requires %j', (_id, name, required) => {
    expect(jsonSchemaOf(toolNamed(name).input()).required ?? []).toEqual(required);
  });
});

describe('results', () => {
  const account = {
    id: 'string',
    name: 'string',
    industry: 'string | null',
    type: 'string | null',
    annual_revenue: 'number | null',
    billing_city: 'string | null',
    billing_state: 'string | null',
    owner_name: 'string | null',
  };
  const contact = ['id', 'name', 'title', 'email', 'phone', 'account_name'];
  const lead = ['id', 'name', 'company', 'title', 'email', 'phone', 'status', 'lead_source', 'rating', 'owner_id', 'owner_name'];
  const opportunity = [
    'id',
    'name',
    'account_id',
    'account_name',
    'owner_id',
    'owner_name',
    'stage',
    'amount',
    'close_date',
    'probability',
  ];

  /** Path → type, as the notation of the README has it; `''` where only its being there is meant. */
  it.each<[id: string, tool: string, keys: Record<string, string>]>([
    ['[crm-008]', 'get_account', under('account', { ...account, description: 'string | null' })],
    ['[crm-009]', 'get_account', { match_count: 'int' }],
    ['[crm-010]', 'get_account', { matches: '{ id: string; name: string }[]' }],
    ['[crm-022]', 'search_accounts', under('accounts[]', account)],
    ['[crm-023]', 'search_accounts', { total_count: 'int', has_more: 'boolean' }],
    ['[crm-028]', 'get_contacts_for_account', { total_count: 'int', ...present('contacts[]', contact) }],
    ['[crm-037]', 'get_opportunities', { total_count: 'int', total_value: 'number', ...present('opportunities[]', opportunity) }],
    ['[crm-041]', 'get_pipeline_summary', { total_deals: 'int', total_value: 'number' }],
    ['[crm-042]', 'get_pipeline_summary', under('by_stage.*', { count: 'int', value: 'number' })],
    ['[crm-043]', 'get_pipeline_summary', present('at_risk_deals[]', opportunity)],
    [
      '[crm-044]',
      'get_pipeline_summary',
      under('owner_breakdown.*', { owner_name: '', deal_count: 'int', total_value: 'number', at_risk_count: 'int' }),
    ],
    ['[crm-049]', 'get_case', present('case', ['id', 'case_number', 'subject', 'status', 'priority', 'type', 'comments'])],
    ['[crm-058]', 'create_case', { case_id: 'string', case_number: 'string', success: 'true', message: 'string' }],
    ['[crm-067]', 'update_case', { success: 'true', message: 'string', updated_fields: 'string[]' }],
    ['[crm-073]', 'get_recent_activities', { total_count: 'int', ...present('activities[]', ['id', 'kind', 'subject', 'date']) }],
    ['[crm-082]', 'create_task', { task_id: 'string', success: 'true', message: 'string' }],
    ['[crm-088]', 'get_leads', { total_count: 'int', ...present('leads[]', lead) }],
    ['[crm-093]', 'update_lead_status', { success: 'true', message: 'string', previous_status: 'string', new_status: 'string' }],
    ['[crm-097]', 'get_team_members', { count: 'int', ...present('team_members[]', ['id', 'name', 'email', 'title', 'is_active']) }],
  ])('%s %s answers what it says', (_id, name, keys) => {
    const output = jsonSchemaOf(toolNamed(name).output());
    const found = Object.entries(keys).map(([path, type]) => {
      const property = schemaAt(output, path.split('.'));
      return [path, property === undefined ? undefined : type === '' ? '' : notation(property)];
    });
    expect(Object.fromEntries(found)).toEqual(keys);
  });

  function under(path: string, keys: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(keys).map(([key, type]) => [`${path}.${key}`, type]));
  }

  function present(path: string, keys: readonly string[]): Record<string, string> {
    return under(path, Object.fromEntries(keys.map((key) => [key, ''])));
  }

  /** `accounts[].name`, `by_stage.*.count` */
  function schemaAt(schema: JsonSchema | undefined, [step, ...rest]: readonly string[]): JsonSchema | undefined {
    const object = schema?.anyOf?.find(({ type }) => type === 'object') ?? schema;
    if (step === undefined || object === undefined) return schema;
    if (step === '*') return typeof object.additionalProperties === 'object' ? schemaAt(object.additionalProperties, rest) : undefined;
    const property = object.properties?.[step.replace('[]', '')];
    return schemaAt(step.endsWith('[]') ? property?.items : property, rest);
  }
});

test('the error of every tool: one of seven codes and a message under error, details beside them [crm-099, crm-100, crm-101, crm-102, crm-103]', () => {
  expect(errorCodes).toEqual([
    'NOT_FOUND',
    'PERMISSION_DENIED',
    'RATE_LIMIT_WARNING',
    'RATE_LIMIT_EXCEEDED',
    'INVALID_INPUT',
    'SF_API_ERROR',
    'AUTH_ERROR',
  ]);
  expect(new ContractError('NOT_FOUND', 'Not there.').toBody()).toEqual({
    error: { code: 'NOT_FOUND', message: 'Not there.', details: {} },
  });
  expect(new ContractError('INVALID_INPUT', 'Wrong.', { cause: 'TYPE' }).toBody().error.details).toEqual({ cause: 'TYPE' });
});
