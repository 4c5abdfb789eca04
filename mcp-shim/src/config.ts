import * as z from 'zod';
import type { RefreshGrant } from './auth/token-endpoint.ts';
import type { ErrorCode } from './errors.ts';
import type { RiskThresholds } from './risk/risk-thresholds.ts';
import { settingValue } from './setting-value.ts';

export interface ShimConfig {
  /** Origin of the org, without a trailing slash. */
  instanceUrl: string;
  /** Absent only where a refresh grant can fetch one. */
  accessToken?: string;
  /** How the access token is renewed, where it can be. */
  refresh?: { loginUrl: string } & RefreshGrant;
  /** With the leading v, as it stands in URLs: v60.0. */
  apiVersion: string;
  /** API name of the audit object, with the namespace of a packaged install. */
  auditObject: string;
  /** Namespace of the installed package; absent for source installs. */
  namespace?: string;
  commitStageName: string;
  /** Deals forecast so count as commit too. */
  commitForecastCategory?: string;
  /** Another file of thresholds than the one built in. */
  riskThresholdsFile?: string;
  /** What that file says: see `loadSettings`. */
  riskThresholds?: RiskThresholds;
  /** `required`: every write is previewed and confirmed. `host`: one call commits, and the host's own dialog asks. */
  confirmation: 'required' | 'host';
  readOnly: boolean;
  logLevel: LogLevel;
  /** How long one tool call may take, in milliseconds. */
  timeLimitMs: number;
  /** Shares of the org's daily API requests, in percent: from the first on results warn, from the second on calls are refused. */
  apiBudget: { warnPercent: number; stopPercent: number };
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One setting that keeps the server from working, said with its remedy. */
export interface ConfigProblem {
  variable: string;
  code: Extract<ErrorCode, 'AUTH_ERROR' | 'INVALID_INPUT'>;
  message: string;
}

export type ConfigOutcome =
  | { ok: true; config: ShimConfig }
  /** `readOnly`, `confirmation` and `logLevel` are what could still be read; an unreadable REVOPS_READ_ONLY counts as read-only. */
  | { ok: false; problems: ConfigProblem[]; readOnly: boolean; confirmation: ShimConfig['confirmation']; logLevel: LogLevel };

const auditObjectName = /^(?:([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)__)?Cleanup_Audit__c$/i;
const loopbackHost = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const secret = (name: string) =>
  z.string().regex(/^[\x21-\x7e]+$/, `contains blanks or control characters. Copy the ${name} again, without quotes or line breaks`);

const address = (missing: string) =>
  z.string(missing).transform((text, context) => {
    const outcome = instanceOrigin(text);
    if ('origin' in outcome) return outcome.origin;
    context.addIssue({ code: 'custom', message: outcome.problem });
    return z.NEVER;
  });

const percent = () => z.coerce.number('must be a number of percent').min(1, 'must be at least 1').max(100, 'must be at most 100');

const booleanText = z
  .string()
  .toLowerCase()
  .refine((text) => ['true', 'false', '1', '0'].includes(text), 'must be true or false')
  .transform((text) => text === 'true' || text === '1');

const settings = z.object({
  SFDC_INSTANCE_URL: address("is not set. Set it to the org's My Domain URL, such as https://example.my.salesforce.com"),
  SFDC_ACCESS_TOKEN: secret('token').optional(),
  SFDC_REFRESH_TOKEN: secret('token').optional(),
  SFDC_CLIENT_ID: secret('consumer key').optional(),
  SFDC_CLIENT_SECRET: secret('consumer secret').optional(),
  SFDC_LOGIN_URL: address('').optional(),
  SFDC_API_VERSION: z
    .string()
    .regex(/^v?\d{2}\.0$/, 'must look like v60.0')
    .transform((text) => (text.startsWith('v') ? text : `v${text}`))
    .default('v60.0'),
  SFDC_AUDIT_OBJECT: z
    .string()
    .regex(
      auditObjectName,
      'must be Cleanup_Audit__c or <namespace>__Cleanup_Audit__c: the Apex service writes its audit rows to that object and to no other',
    )
    .default('Cleanup_Audit__c'),
  SFDC_COMMIT_STAGE_NAME: z.string().max(255, 'must be at most 255 characters').default('Commit'),
  SFDC_COMMIT_FORECAST_CATEGORY: z.string().max(255, 'must be at most 255 characters').optional(),
  REVOPS_RISK_THRESHOLDS: z.string().optional(),
  REVOPS_CONFIRMATION: z
    .enum(
      ['required', 'host'],
      'must be "required" (every write is previewed and confirmed) or "host" (the dialog of the MCP client asks, and one call commits)',
    )
    .default('required'),
  REVOPS_READ_ONLY: booleanText.default(false),
  REVOPS_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  REVOPS_TIME_LIMIT_SECONDS: z.coerce
    .number('must be a number of seconds from 1 to 300')
    .min(1, 'must be at least 1 second')
    .max(300, 'must be at most 300 seconds')
    .default(30),
  REVOPS_API_WARN_PERCENT: percent().default(80),
  REVOPS_API_STOP_PERCENT: percent().default(95),
});

/** Problems are told in the order of the settings. */
const order = Object.keys(settings.shape);

/** Reads and checks the settings. Never throws: `serve` starts all the same and every call tells the problems. */
export function loadConfig(env: NodeJS.ProcessEnv): ConfigOutcome {
  const values = Object.fromEntries(order.map((name) => [name, settingValue(env[name])]));
  const parsed = settings.safeParse(values);
  const problems = [
    ...(parsed.error?.issues ?? []).map((issue) => toProblem(String(issue.path[0]), issue.message)),
    ...problemsBetween(values, parsed.data),
  ];
  if (!parsed.success || problems.length > 0) {
    return {
      ok: false,
      problems: problems.sort((one, other) => order.indexOf(one.variable) - order.indexOf(other.variable)),
      readOnly: booleanText.default(false).safeParse(values['REVOPS_READ_ONLY']).data ?? true,
      confirmation: settings.shape.REVOPS_CONFIRMATION.safeParse(values['REVOPS_CONFIRMATION']).data ?? 'required',
      logLevel: settings.shape.REVOPS_LOG_LEVEL.safeParse(values['REVOPS_LOG_LEVEL']).data ?? 'info',
    };
  }
  const data = parsed.data;
  const namespace = auditObjectName.exec(data.SFDC_AUDIT_OBJECT)?.[1];
  return {
    ok: true,
    config: {
      instanceUrl: data.SFDC_INSTANCE_URL,
      ...(data.SFDC_ACCESS_TOKEN === undefined ? {} : { accessToken: data.SFDC_ACCESS_TOKEN }),
      ...refreshSettings(data),
      apiVersion: data.SFDC_API_VERSION,
      auditObject: data.SFDC_AUDIT_OBJECT,
      ...(namespace === undefined ? {} : { namespace }),
      commitStageName: data.SFDC_COMMIT_STAGE_NAME,
      ...(data.SFDC_COMMIT_FORECAST_CATEGORY === undefined ? {} : { commitForecastCategory: data.SFDC_COMMIT_FORECAST_CATEGORY }),
      ...(data.REVOPS_RISK_THRESHOLDS === undefined ? {} : { riskThresholdsFile: data.REVOPS_RISK_THRESHOLDS }),
      confirmation: data.REVOPS_CONFIRMATION,
      readOnly: data.REVOPS_READ_ONLY,
      logLevel: data.REVOPS_LOG_LEVEL,
      timeLimitMs: data.REVOPS_TIME_LIMIT_SECONDS * 1000,
      apiBudget: { warnPercent: data.REVOPS_API_WARN_PERCENT, stopPercent: data.REVOPS_API_STOP_PERCENT },
    },
  };
}

/** What no setting shows by itself. Credentials are looked at as they are given, so that every problem is told at once. */
function problemsBetween(
  given: Readonly<Record<string, string | undefined>>,
  data: z.output<typeof settings> | undefined,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { SFDC_ACCESS_TOKEN: accessToken, SFDC_REFRESH_TOKEN: refreshToken, SFDC_CLIENT_ID: clientId } = given;
  if (accessToken === undefined && refreshToken === undefined) {
    problems.push(
      toProblem(
        'SFDC_ACCESS_TOKEN',
        'is not set. Set it to an access token of the org; "sf org auth show-access-token --target-org <alias>" prints one',
      ),
    );
  }
  if (refreshToken !== undefined && clientId === undefined) {
    problems.push(
      toProblem('SFDC_CLIENT_ID', 'is not set, and SFDC_REFRESH_TOKEN needs it. Set it to the consumer key of the External Client App'),
    );
  }
  if (data && data.REVOPS_API_WARN_PERCENT > data.REVOPS_API_STOP_PERCENT) {
    problems.push(toProblem('REVOPS_API_WARN_PERCENT', 'must not be above REVOPS_API_STOP_PERCENT'));
  }
  return problems;
}

/** My Domain answers token requests itself, in production and in sandboxes, so it is the default login server. */
function refreshSettings(data: z.output<typeof settings>): Pick<ShimConfig, 'refresh'> {
  const { SFDC_REFRESH_TOKEN: refreshToken, SFDC_CLIENT_ID: clientId, SFDC_CLIENT_SECRET: clientSecret } = data;
  if (refreshToken === undefined || clientId === undefined) return {};
  return {
    refresh: {
      loginUrl: data.SFDC_LOGIN_URL ?? data.SFDC_INSTANCE_URL,
      refreshToken,
      clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
    },
  };
}

/** Every credential of the settings: what no log line may carry. */
export function secretsOf(config: ShimConfig): string[] {
  return [config.accessToken, config.refresh?.refreshToken, config.refresh?.clientSecret].filter((secret) => secret !== undefined);
}

const credentials = new Set(['SFDC_ACCESS_TOKEN', 'SFDC_REFRESH_TOKEN', 'SFDC_CLIENT_ID', 'SFDC_CLIENT_SECRET']);

function toProblem(variable: string, message: string): ConfigProblem {
  return { variable, code: credentials.has(variable) ? 'AUTH_ERROR' : 'INVALID_INPUT', message: `${variable} ${message}.` };
}

function instanceOrigin(text: string): { origin: string } | { problem: string } {
  if (!URL.canParse(text)) return { problem: "is not a URL. Use the org's My Domain URL, such as https://example.my.salesforce.com" };
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopbackHost.test(url.hostname))) {
    return { problem: 'must start with https:// (http is accepted for this machine only, such as http://localhost:8080)' };
  }
  if (url.username !== '' || url.password !== '') return { problem: 'must not carry a user name or password' };
  if (/\.lightning\.(force\.com|crmforce\.mil|sfcrmapps\.cn)$/.test(url.hostname)) {
    return { problem: 'is the address of the user interface. Use the API address: the same name under .my.salesforce.com' };
  }
  return { origin: url.origin };
}
