import * as z from 'zod';
import { ContractError } from './errors.ts';
import type { Logger } from './observability/logger.ts';
import { packageVersion } from './package-info.ts';
import { unknownStagesWarning } from './risk/stage-limits.ts';
import { thresholdsInForce } from './risk/thresholds-in-force.ts';
import type { Runtime } from './runtime.ts';
import type { NamedQuery } from './salesforce/api-request.ts';
import { forecastCategoryField, refuseUnknownCategory } from './salesforce/forecast-category.ts';
import type { Answers } from './salesforce/look-up.ts';
import { daysBetween } from './salesforce/user-facts.ts';
import type { OrgFacts, Stage } from './salesforce/org-facts.ts';
import { matchingStages } from './salesforce/stage-names.ts';

/** What `check_connection` answers and what the CLI verb `check` prints. */
export const connectionReport = z.strictObject({
  ok: z.boolean().describe('true when nothing is wrong'),
  org: z.strictObject({ id: z.string(), name: z.string(), type: z.enum(['PRODUCTION', 'sandbox']) }).optional(),
  user: z.strictObject({ id: z.string(), username: z.string(), name: z.string() }).optional(),
  connection: z.strictObject({ instance_url: z.string(), api_version: z.string(), server_version: z.string(), read_only: z.boolean() }),
  api_usage: z.strictObject({ used: z.int(), limit: z.int() }).optional().describe('API requests of the last 24 hours'),
  audit: z.strictObject({ object: z.string(), visible: z.boolean() }).optional(),
  service: z
    .strictObject({
      package_version: z.string(),
      api_version: z.string(),
      settings: z.record(z.string(), z.unknown()).optional(),
      quota: z.record(z.string(), z.number()).optional(),
    })
    .optional()
    .describe('The Apex write service'),
  commit_stage: z.strictObject({ name: z.string(), active: z.boolean() }).optional(),
  access_review: z
    .strictObject({ last: z.string().nullable(), days_ago: z.int().optional() })
    .optional()
    .describe('of who may read and write what'),
  warnings: z.array(z.string()).optional(),
  problems: z.array(z.strictObject({ check: z.string(), code: z.string(), message: z.string() })).describe('each with its remedy'),
});
export type ConnectionReport = z.infer<typeof connectionReport>;

/** The queries that the report sends, in one composite. */
export function connectionQueries(org: OrgFacts): NamedQuery[] {
  return [...org.organization.fresh().queries, ...org.stages.fresh().queries];
}

/**
 * Looks at everything the tools rest on. What fails is a problem of the report, not an error; a token that is not accepted ends
 * the checks, since all others would say the same. A read-only server needs no Apex service, and it is not asked.
 */
export async function reportConnection(runtime: Runtime, signal: AbortSignal): Promise<ConnectionReport> {
  const { config, salesforce } = runtime;
  const report: ConnectionReport = {
    ok: false,
    connection: {
      instance_url: config.instanceUrl,
      api_version: config.apiVersion,
      server_version: packageVersion,
      read_only: config.readOnly,
    },
    problems: [],
  };
  const check: Check = async (name, work) => {
    try {
      await work();
      return true;
    } catch (error) {
      // A call that is over has no report: what ended it, TIMEOUT or CANCELLED, is the answer.
      if (signal.aborted || !(error instanceof ContractError)) throw error;
      report.problems.push({ check: name, code: error.code, message: error.message });
      return false;
    }
  };

  const connected = await check('user', async () => {
    const { userId, username, name } = await salesforce.userInfo(signal);
    report.user = { id: userId, username, name };
  });
  if (connected || !stopsEverything(report)) {
    let answers: Answers = new Map();
    const answered = await check('queries', async () => {
      answers = await salesforce.queries(connectionQueries(runtime.org), signal).catch((error: unknown) => {
        throw error instanceof ContractError && error.code === 'NOT_FOUND' ? unknownVersion(config.apiVersion) : error;
      });
    });
    if (answered) {
      await check('org', () => {
        const { id, name, sandbox } = runtime.org.organization.fresh().resolve(answers);
        report.org = { id, name, type: sandbox ? 'sandbox' : 'PRODUCTION' };
      });
      await check('commit_stage', () => {
        const stages = runtime.org.stages.fresh().resolve(answers);
        const unknown = unknownStagesWarning(thresholdsInForce(config), stages);
        if (unknown !== undefined) warn(report, unknown);
        checkCommitStage(report, config.commitStageName, stages);
      });
      await check('commit_forecast_category', () => checkCommitCategory(runtime, signal));
      if (!config.readOnly) await checkWrites(report, runtime, check, signal);
    }
  }
  const usage = salesforce.limitInfo;
  if (usage) report.api_usage = { used: usage.used, limit: usage.limit };
  report.ok = report.problems.length === 0;
  return report;
}

type Check = (name: string, work: () => Promise<void> | void) => Promise<boolean>;

/** What writes rest on; a read-only server asks for none of it. */
async function checkWrites(report: ConnectionReport, runtime: Runtime, check: Check, signal: AbortSignal): Promise<void> {
  const audit = { object: runtime.config.auditObject, visible: false };
  report.audit = audit;
  await check('audit', async () => {
    await runtime.readiness.checkAuditObject(signal);
    audit.visible = true;
  });
  await check('service', async () => {
    const status = await runtime.writes.status(signal);
    const { package_version, api_version, settings, quota, last_access_review: last } = status;
    report.service = { package_version, api_version, ...(settings ? { settings } : {}), ...(quota ? { quota } : {}) };
    if (last !== undefined) judgeAccessReview(report, last, runtime.user.today());
    runtime.readiness.acceptService(status);
  });
}

/** Of the dedicated user's access; older than a quarter, it is due. */
const accessReviewDays = 90;

function judgeAccessReview(report: ConnectionReport, last: string | null, today: string): void {
  const remedy = 'An administrator records one with AuditReview.recordAccessReview, once it is done.';
  if (last === null) {
    report.access_review = { last };
    warn(report, `No review of who may read and write what is recorded. ${remedy}`);
    return;
  }
  const days = daysBetween(last.slice(0, 10), today);
  report.access_review = { last, days_ago: days };
  if (days > accessReviewDays) {
    warn(
      report,
      `The last review of who may read and write what was ${days} days ago; every ${accessReviewDays} days one is due. ${remedy}`,
    );
  }
}

function warn(report: ConnectionReport, warning: string): void {
  report.warnings = [...(report.warnings ?? []), warning];
}

/** Every org has the composite resource, in each version that it offers. */
function unknownVersion(apiVersion: string): ContractError {
  return new ContractError(
    'INVALID_INPUT',
    `The org does not offer API version ${apiVersion}. Set SFDC_API_VERSION to one that it has, such as v60.0.`,
  );
}

/** Nothing else can work without a token or a network. */
function stopsEverything(report: ConnectionReport): boolean {
  return report.problems.some(({ code }) => code === 'AUTH_ERROR' || code === 'SF_API_ERROR');
}

function checkCommitStage(report: ConnectionReport, name: string, stages: readonly Stage[]): void {
  const found = matchingStages(name, stages);
  const active = found.length > 0;
  report.commit_stage = { name, active };
  if (found.some(({ closed }) => !closed)) return;
  const known = stages
    .filter(({ closed }) => !closed)
    .map((stage) => stage.label)
    .join(', ');
  throw new ContractError(
    'INVALID_INPUT',
    `"${name}" is ${active ? 'a stage of closed deals, so no open deal is a commit' : 'no active opportunity stage'}. Set SFDC_COMMIT_STAGE_NAME to one of: ${known === '' ? '(none is visible)' : known}.`,
  );
}

/** Asks for a describe, and only where the setting is used. */
async function checkCommitCategory({ config, salesforce }: Runtime, signal: AbortSignal): Promise<void> {
  const { commitForecastCategory: category } = config;
  if (category === undefined) return;
  const deals = await salesforce.describe('Opportunity', signal);
  if (!deals.fields.some(({ name }) => name === forecastCategoryField)) {
    throw new ContractError(
      'PERMISSION_DENIED',
      `SFDC_COMMIT_FORECAST_CATEGORY needs Opportunity.${forecastCategoryField}, which this user cannot see. Ask an administrator for read access, or leave the setting out.`,
    );
  }
  refuseUnknownCategory(category, deals);
}

/** Says on stderr what is wrong, beside the first call: nobody waits for it, and what a call needs it finds out itself. */
export async function announceProblems(runtime: Runtime, logger: Logger): Promise<void> {
  const started = 'start_up_check';
  try {
    const { problems } = await reportConnection(runtime, AbortSignal.timeout(runtime.config.timeLimitMs));
    for (const { check, code, message } of problems) logger.error(started, { check, code, message });
  } catch (error) {
    logger.error(started, { check: 'connection', message: error instanceof Error ? error.message : String(error) });
  }
}
