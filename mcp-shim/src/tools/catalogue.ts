import type { ShimConfig } from '../config.ts';
import { atRiskCommits } from './at-risk-commits.ts';
import { checkConnection } from './check-connection.ts';
import { confirmWrite } from './confirm-write.ts';
import { describeObject } from './describe-object.ts';
import { getAccount } from './get-account.ts';
import { getAuditTrail } from './get-audit-trail.ts';
import { getCase } from './get-case.ts';
import { getContact } from './get-contact.ts';
import { getContactsForAccount } from './get-contacts-for-account.ts';
import { getLead } from './get-lead.ts';
import { getLeads } from './get-leads.ts';
import { getOpportunities } from './get-opportunities.ts';
import { getOpportunity } from './get-opportunity.ts';
import { getPipelineSummary } from './get-pipeline-summary.ts';
import { getRecentActivities } from './get-recent-activities.ts';
import { getTeamMembers } from './get-team-members.ts';
import { pipelineByStage } from './pipeline-by-stage.ts';
import { pipelineChanges } from './pipeline-changes.ts';
import { query } from './query.ts';
import { searchAccounts } from './search-accounts.ts';
import { staleOpps } from './stale-opps.ts';
import type { Tool } from './tool.ts';
import { writeTools } from './write-tools.ts';

const reads: readonly Tool[] = [
  getAccount,
  searchAccounts,
  getContactsForAccount,
  getContact,
  getLead,
  getOpportunity,
  getOpportunities,
  getLeads,
  getCase,
  getRecentActivities,
  getTeamMembers,
  getPipelineSummary,
  pipelineByStage,
  pipelineChanges,
  staleOpps,
  atRiskCommits,
  query,
  describeObject,
];

/**
 * Every tool, in the order in which clients see them, by how writes are confirmed. The order is stable, so that hosts can cache
 * the list.
 */
export const catalogues: Readonly<Record<ShimConfig['confirmation'], readonly Tool[]>> = {
  required: [...reads, ...writeTools.map((tool) => tool.required), confirmWrite, getAuditTrail, checkConnection],
  host: [...reads, ...writeTools.map((tool) => tool.host), getAuditTrail, checkConnection],
};

/** What the server offers; read-only servers do not even list the tools that write. */
export function offeredTools(options: Pick<ShimConfig, 'readOnly' | 'confirmation'>): readonly Tool[] {
  const catalogue = catalogues[options.confirmation];
  return options.readOnly ? catalogue.filter((tool) => tool.annotations.readOnlyHint) : catalogue;
}
