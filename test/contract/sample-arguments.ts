const accountId = '001000000000001AAA';
const dealId = '006000000000001AAA';
const why = { justification: 'Agreed in the forecast call' };

/** Arguments that each tool takes, of records that need not exist; none where it needs none. */
const samples: Readonly<Record<string, Record<string, unknown>>> = {
  get_account: { account_id: accountId },
  search_accounts: { query: 'Acme' },
  get_contacts_for_account: { account_id: accountId },
  get_contact: { contact_id: '003000000000001AAA' },
  get_lead: { lead_id: '00Q000000000001EAA' },
  get_opportunity: { opp_id: dealId },
  get_case: { case_id: '500000000000001AAA' },
  get_recent_activities: { related_to_id: accountId },
  get_team_members: { manager_id: 'me' },
  pipeline_changes: { since: '2026-11-14' },
  query: { soql: 'SELECT Id FROM Account LIMIT 1' },
  describe_object: { object_type: 'Opportunity' },
  add_note: { object_type: 'Opportunity', object_id: dealId, body: 'Met the buyer' },
  update_field: { object_type: 'Opportunity', object_id: dealId, field_name: 'NextStep', new_value: 'Sign', ...why },
  create_case: { subject: 'Login broken', description: 'Since Monday' },
  update_case: { case_id: '500000000000001AAA', comment: 'Called back' },
  create_task: { subject: 'Call back' },
  update_lead_status: { lead_id: '00Q000000000001EAA', status: 'Working - Contacted' },
  revert_change: { audit_id: 'a00000000000001AAA', ...why },
  confirm_write: { change: 'PRODUCTION · Acme', confirmation_token: '0123456789' },
};

export function sampleArguments(tool: string): Record<string, unknown> {
  return samples[tool] ?? {};
}
