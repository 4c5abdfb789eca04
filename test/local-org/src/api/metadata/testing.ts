import { strToU8, zipSync } from 'fflate';
import { callSoap, type SoapReply } from '../soap/testing.ts';
import type { TestClient } from '../test-client.ts';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** Files by path, as a deploy holds them. */
export type DeployFiles = Readonly<Record<string, string>>;

export function zipOf(files: DeployFiles): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

/** A package.xml, or a destructive one; members by type. */
export function manifest(members: Readonly<Record<string, readonly string[]>>, version = '<version>67.0</version>'): string {
  const types = Object.entries(members).map(
    ([type, names]) => `<types>${names.map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package ${XMLNS}>${types.join('')}${version}</Package>`;
}

/** A class and its -meta.xml, in metadata format. */
export function classFiles(name: string, source: string): Record<string, string> {
  const meta = `<?xml version="1.0" encoding="UTF-8"?>\n<ApexClass ${XMLNS}><apiVersion>67.0</apiVersion><status>Active</status></ApexClass>`;
  return { [`classes/${name}.cls`]: source, [`classes/${name}.cls-meta.xml`]: meta };
}

/** A text field of Account, as a .object file that brings nothing else. */
export function accountField(name: string, more = '<length>20</length>'): Record<string, string> {
  const field = `<fields>\n<fullName>${name}</fullName><label>${name}</label><type>Text</type>${more}\n</fields>`;
  return { 'objects/Account.object': `<?xml version="1.0" encoding="UTF-8"?>\n<CustomObject ${XMLNS}>\n${field}\n</CustomObject>` };
}

/** The `deploy` operation; a single package unless the options say otherwise. */
export function deployOperation(zip: Uint8Array, options: Readonly<Record<string, string | readonly string[]>> = {}): string {
  const given = Object.entries({ singlePackage: 'true', ...options });
  const elements = given.flatMap(([name, values]) => [values].flat().map((value) => `<${name}>${value}</${name}>`));
  return `<deploy><ZipFile>${Buffer.from(zip).toString('base64')}</ZipFile><DeployOptions>${elements.join('')}</DeployOptions></deploy>`;
}

/** Deploys over SOAP and answers the status with its details. @throws where the deploy was not taken */
export async function deploy(
  client: TestClient,
  files: DeployFiles | Uint8Array,
  options: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<DeployStatus> {
  const zip = files instanceof Uint8Array ? files : zipOf(files);
  const taken = await callSoap(client, 'm', deployOperation(zip, options));
  if (taken.status !== 200) throw new Error(taken.text);
  return statusOf(await checkDeployStatus(client, (taken.body as { result: { id: string } }).result.id));
}

export function checkDeployStatus(client: TestClient, id: string, includeDetails = true): Promise<SoapReply> {
  const operation = `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>${includeDetails}</includeDetails></checkDeployStatus>`;
  return callSoap(client, 'm', operation);
}

/** A message of a component, as SOAP carries it. */
export type DeployMessageText = Readonly<Record<string, string>>;

/** The parts of a deploy's status that tests look at; everything is text. */
export interface DeployStatus {
  readonly id: string;
  readonly status: string;
  readonly successes: readonly DeployMessageText[];
  readonly failures: readonly DeployMessageText[];
}

function statusOf(reply: SoapReply): DeployStatus {
  const { result } = reply.body as {
    result: {
      id: string;
      status: string;
      details: {
        componentSuccesses?: DeployMessageText | DeployMessageText[];
        componentFailures?: DeployMessageText | DeployMessageText[];
      };
    };
  };
  const list = (messages: DeployMessageText | DeployMessageText[] | undefined): DeployMessageText[] => [messages ?? []].flat();
  return {
    id: result.id,
    status: result.status,
    successes: list(result.details.componentSuccesses),
    failures: list(result.details.componentFailures),
  };
}

/** `classes/A.cls:1:2 ApexClass A: message` */
export function problemsOf({ failures }: DeployStatus): string[] {
  return failures.map(
    ({ fileName, lineNumber, columnNumber, componentType, fullName, problem }) =>
      `${fileName}:${lineNumber}:${columnNumber} ${componentType} ${fullName}: ${problem}`,
  );
}
