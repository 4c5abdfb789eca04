import { expect, it } from 'vitest';
import { catalogues } from '../tools/catalogue.ts';
import type { Tool } from '../tools/tool.ts';
import { writeTools } from '../tools/write-tools.ts';
import generated from './generated/tool-list.json' with { type: 'json' };
import { listTools } from './tool-list.ts';

it('the generated list is that of the live schemas (npm run build writes it)', () => {
  expect(generated).toEqual({ required: listTools(catalogues.required), host: listTools(catalogues.host) });
});

it('lists the tools in a stable order', () => {
  expect(catalogues.required.map((tool) => tool.name)).toEqual([
    'get_account',
    'search_accounts',
    'get_contacts_for_account',
    'get_contact',
    'get_lead',
    'get_opportunity',
    'get_opportunities',
    'get_leads',
    'get_case',
    'get_recent_activities',
    'get_team_members',
    'get_pipeline_summary',
    'pipeline_by_stage',
    'pipeline_changes',
    'stale_opps',
    'at_risk_commits',
    'query',
    'describe_object',
    'add_note',
    'update_field',
    'create_case',
    'update_case',
    'create_task',
    'update_lead_status',
    'revert_change',
    'confirm_write',
    'get_audit_trail',
    'check_connection',
  ]);
});

it('no write tool is called read-only, and only what commits destructive', () => {
  const named = (list: readonly Tool[], hint: 'readOnlyHint' | 'destructiveHint', value: boolean) =>
    list.filter((tool) => tool.annotations[hint] === value).map((tool) => tool.name);
  const writes = writeTools.map((tool) => tool.name);
  expect(named(catalogues.required, 'readOnlyHint', false)).toEqual([...writes, 'confirm_write']);
  expect(named(catalogues.required, 'destructiveHint', true)).toEqual(['confirm_write']);
  expect(named(catalogues.host, 'readOnlyHint', false)).toEqual(writes);
  expect(named(catalogues.host, 'destructiveHint', true)).toEqual(writes);
});
