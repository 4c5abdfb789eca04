import { secretsOf } from '../config.ts';
import { loadSettings } from '../load-settings.ts';
import type { ShimConfig } from '../config.ts';
import type { ConnectionReport } from '../connection-report.ts';
import { reportConnection } from '../connection-report.ts';
import { ContractError } from '../errors.ts';
import { createLogger } from '../observability/logger.ts';
import { createRuntime } from '../runtime.ts';
import { toContractError } from '../salesforce/error-mapper.ts';

type Print = (line: string) => void;

/** The report of check_connection as a table. @returns the exit code: 1 on any problem */
export async function check(env: NodeJS.ProcessEnv, print: Print): Promise<number> {
  const outcome = await loadSettings(env);
  if (!outcome.ok) {
    printTable(
      print,
      outcome.problems.map((problem) => ['FAIL', problem.variable, problem.message]),
    );
    return 1;
  }
  const { config } = outcome;
  const logger = createLogger({ level: config.logLevel, secrets: secretsOf(config) });
  const printRedacted: Print = (line) => print(logger.withoutSecrets(line));
  try {
    const report = await reportConnection(createRuntime(config, logger), AbortSignal.timeout(config.timeLimitMs));
    printTable(printRedacted, toRows(report));
    return report.ok ? 0 : 1;
  } catch (error) {
    const mapped = toContractError(error);
    if (!(mapped instanceof ContractError)) throw error;
    const silent = mapped.details.cause === 'TIMEOUT';
    printTable(printRedacted, [['FAIL', 'connection', silent ? silence(config) : mapped.message]]);
    return 1;
  }
}

/** A check asks for little: that it takes too long is the network's doing, or the address's. */
function silence({ instanceUrl, timeLimitMs }: ShimConfig): string {
  return (
    `${instanceUrl} did not answer within ${timeLimitMs / 1000} s. Check SFDC_INSTANCE_URL, the network and its proxies; ` +
    'status.salesforce.com tells whether Salesforce is up.'
  );
}

function toRows(report: ConnectionReport): string[][] {
  const { connection, org, user, api_usage: usage, audit, service, commit_stage: stage, access_review: review } = report;
  const failed = new Set(report.problems.map(({ check: name }) => name));
  const rows = [
    ['ok', 'server', `version ${connection.server_version}${connection.read_only ? ', read-only' : ''}`],
    ['ok', 'address', `${connection.instance_url}, API ${connection.api_version}`],
  ];
  if (org) rows.push(['ok', 'org', `${org.type}: ${org.name} (${org.id})`]);
  if (user) rows.push(['ok', 'user', `${user.name}, ${user.username} (${user.id})`]);
  if (usage) rows.push(['ok', 'API requests', `${usage.used} of ${usage.limit} in the last 24 hours`]);
  if (audit?.visible) rows.push(['ok', 'audit object', audit.object]);
  if (service && !failed.has('service'))
    rows.push(['ok', 'write service', `version ${service.package_version}, API ${service.api_version}${left(service.quota)}`]);
  if (review?.last) rows.push(['ok', 'access review', `${review.last.slice(0, 10)}, ${review.days_ago ?? 0} days ago`]);
  if (stage && !failed.has('commit_stage')) rows.push(['ok', 'commit stage', stage.name]);
  for (const warning of report.warnings ?? []) rows.push(['warn', 'notice', warning]);
  return [...rows, ...report.problems.map((problem) => ['FAIL', problem.check, problem.message])];
}

function left(quota: Readonly<Record<string, number>> | undefined): string {
  return quota?.['left'] === undefined ? '' : `, ${quota['left']} of ${quota['max_per_hour'] ?? '?'} writes left this hour`;
}

function printTable(print: Print, rows: readonly string[][]): void {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [width(0), width(1)];
  for (const row of rows) print(`${(row[0] ?? '').padEnd(widths[0] ?? 0)}  ${(row[1] ?? '').padEnd(widths[1] ?? 0)}  ${row[2] ?? ''}`);
}
