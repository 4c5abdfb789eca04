import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { startLocalOrg } from '../../local-org/src/org.ts';
import type { LocalOrg, LocalOrgOptions } from '../../local-org/src/org-types.ts';
import { Sf } from './sf.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const PACKAGE_DIRECTORIES = ['force-app/main', 'force-app/crm-access', 'force-app/test'];

export const ADMINISTRATOR = 'sam.okafor@larkfield.example';

export interface CliOrgOptions {
  /** `force-app`: the project as it stands; `empty`: a project with an empty package directory, for what a test writes itself. */
  readonly project: 'force-app' | 'empty';
  /** Whether force-app is in the org from the start. */
  readonly deployed?: boolean;
  readonly dataset?: LocalOrgOptions['dataset'];
  /** Whether the administrator is logged in by access token, as the default org. Default true. */
  readonly loggedIn?: boolean;
}

/** A local org, a project folder and a CLI with a home of its own. */
export interface CliOrg {
  readonly org: LocalOrg;
  readonly url: string;
  readonly sf: Sf;
  /** Absolute. */
  readonly home: string;
  /** Absolute: a copy, which tests may change. */
  readonly project: string;
  /** Writes files of the project, given by paths below it. */
  write(files: Readonly<Record<string, string>>): void;
  /** Sends JSON to the org's control routes, `/local-org/…`. */
  control(path: string, body: unknown): Promise<void>;
  close(): Promise<void>;
}

export async function startCliOrg(options: CliOrgOptions): Promise<CliOrg> {
  const folder = mkdtempSync(join(tmpdir(), 'sf-cli-'));
  const [home, project] = [join(folder, 'home'), join(folder, 'project')];
  mkdirSync(home);
  copyProject(project, options.project);
  const started = await startLocalOrg({
    dataset: options.dataset ?? 'empty',
    root: project,
    packageDirectories: options.deployed === true ? PACKAGE_DIRECTORIES.map((one) => join(project, one)) : [],
    seed: 'sf-cli',
    log: (message) => process.stderr.write(`${message}\n`),
  });
  const sf = new Sf(home, project);
  const cli: CliOrg = {
    org: started.org,
    url: started.url,
    sf,
    home,
    project,
    write(files) {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(project, file)), { recursive: true });
        writeFileSync(join(project, file), text);
      }
    },
    async control(path, body) {
      const response = await fetch(`${started.url}/local-org${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
    },
    async close() {
      await started.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  if (options.loggedIn !== false) await logIn(cli);
  return cli;
}

/** Logs the administrator in, as the project's default org. */
async function logIn({ sf, url, org }: CliOrg): Promise<void> {
  const token = org.tokens.find(({ username }) => username === ADMINISTRATOR)?.token ?? '';
  await sf.result(z.looseObject({ username: z.literal(ADMINISTRATOR) }), accessTokenLogin(url), { SF_ACCESS_TOKEN: token });
}

/** The login with the token in `SF_ACCESS_TOKEN`. */
export function accessTokenLogin(url: string): string[] {
  return ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', 'local', '--set-default'];
}

function copyProject(project: string, kind: CliOrgOptions['project']): void {
  mkdirSync(project);
  if (kind === 'force-app') {
    for (const entry of ['sfdx-project.json', '.forceignore', 'force-app'])
      cpSync(join(ROOT, entry), join(project, entry), { recursive: true });
    return;
  }
  const definition = { packageDirectories: [{ path: 'app', default: true }], namespace: '', sourceApiVersion: '67.0' };
  writeFileSync(join(project, 'sfdx-project.json'), JSON.stringify(definition));
  mkdirSync(join(project, 'app'));
}
