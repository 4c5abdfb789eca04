import { z } from 'zod';
import { RestClient } from './rest-client.ts';
import { sfJson } from './sf-json.ts';

/** The org that `TARGET_ORG` names, and the user who is logged in to it. */
export interface TargetOrg {
  readonly alias: string;
  /** With its scheme, without a path. */
  readonly url: string;
  readonly token: string;
  readonly username: string;
  /** The user's full name. */
  readonly userName: string;
  readonly orgName: string;
  readonly sandbox: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** null: every suite starts a local org of its own. */
    targetOrg: TargetOrg | null;
  }
}

const Display = z.looseObject({ username: z.string(), instanceUrl: z.url() });
const Token = z.looseObject({ accessToken: z.string() });
const Status = z.looseObject({ quota: z.looseObject({ left: z.number() }).optional() });
const Organization = z.looseObject({ Name: z.string(), IsSandbox: z.boolean() });
const User = z.looseObject({ Name: z.string() });

/** What all suites together commit, with room to spare; the write service counts per user and hour. */
const COMMITS_OF_A_RUN = 60;

/**
 * What the sf CLI and the org say.
 * @param env of the CLI: its home, above all
 * @throws where the CLI does not know the org, or where the org is not set up or its quota is used up, with the remedy
 */
export async function findTargetOrg(alias: string, env: NodeJS.ProcessEnv = process.env): Promise<TargetOrg> {
  const { username, url, token } = await login(alias, env);
  const rest = new RestClient(url, token);
  const service = await rest.read('status');
  const status = Status.safeParse(service.body);
  if (service.status !== 200 || !status.success)
    throw new Error(
      `TARGET_ORG=${alias}: the write service does not answer ${username} at ${url} (HTTP ${service.status}). ` +
        `The suites deploy nothing there: set the org up first with npm run setup:org -- ${alias}`,
    );
  const left = status.data.quota?.left;
  if (left !== undefined && left < COMMITS_OF_A_RUN)
    throw new Error(
      `TARGET_ORG=${alias}: ${username} may commit ${left} more changes in this hour, and a run takes up to ${COMMITS_OF_A_RUN}. ` +
        'Wait, or raise Max_Writes_Per_Hour__c in the Write Setting.',
    );
  const [organization] = await rest.query('SELECT Name, IsSandbox FROM Organization');
  const [user] = await rest.query(`SELECT Name FROM User WHERE Username = '${username.replace(/[\\']/g, '\\$&')}'`);
  const { Name: orgName, IsSandbox: sandbox } = Organization.parse(organization);
  return { alias, url, token, username, userName: User.parse(user).Name, orgName, sandbox };
}

async function login(alias: string, env: NodeJS.ProcessEnv): Promise<{ username: string; url: string; token: string }> {
  try {
    const { username, instanceUrl } = Display.parse(await sfJson(['org', 'display', '--target-org', alias], env));
    const { accessToken } = Token.parse(await sfJson(['org', 'auth', 'show-access-token', '--no-prompt', '--target-org', alias], env));
    return { username, url: instanceUrl.replace(/\/+$/, ''), token: accessToken };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`TARGET_ORG=${alias}: ${message}\nDoes sf know this org? See sf org list, and sf org login web --alias ${alias}`, {
      cause,
    });
  }
}
