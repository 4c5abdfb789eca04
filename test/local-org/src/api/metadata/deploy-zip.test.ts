import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestOrg, type TestClient } from '../test-client.ts';
import { accountField, classFiles, deploy, manifest, problemsOf, zipOf, type DeployFiles } from './testing.ts';

let client: TestClient;
beforeAll(async () => {
  client = await startTestOrg();
});
afterAll(() => client.started.close());

const FIELD = accountField('Tier__c');
const NAMED = { 'package.xml': manifest({ CustomField: ['Account.Tier__c'] }) };
const refusals: readonly (readonly [what: string, files: DeployFiles | Uint8Array, problems: readonly string[], options?: Record<string, string>])[] = [
  ['bytes that are no zip', new Uint8Array([1, 2, 3]), ['package.xml:1:1  package.xml: The zip file cannot be read: invalid zip data']],
  ['a zip that is cut off', zipOf({ ...NAMED, ...FIELD }).slice(0, 200), ['package.xml:1:1  package.xml: The zip file cannot be read: invalid zip data']],
  ['nothing', new Uint8Array(), ['package.xml:1:1  package.xml: The zip file cannot be read: invalid zip data']],
  ['a zip without a package.xml', FIELD, ['package.xml:1:1  package.xml: No package.xml found']],
  ['files in a folder of a single package', { 'app/package.xml': NAMED['package.xml'] }, ['package.xml:1:1  package.xml: No package.xml found']],
  ['no single package without a folder', NAMED, ['package.xml:1:1  package.xml: A zip that is no single package holds one folder with everything in it'], { singlePackage: 'false' }],
  ['two packages', { 'one/package.xml': manifest({}), 'two/package.xml': manifest({}) }, ['package.xml:1:1  package.xml: A zip that is no single package holds one folder with everything in it'], { singlePackage: 'false' }],
  ['a name that leads outside', { ...NAMED, '../escape.cls': '' }, ['package.xml:1:1  package.xml: The zip names a file outside itself']],
  ['a manifest that is no XML', { 'package.xml': 'hello' }, ['package.xml:1:1  package.xml: Error parsing file: missing root element']],
  ['a manifest of another kind', { 'package.xml': '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"/>' }, ['package.xml:1:1  package.xml: package.xml holds CustomObject, not Package']],
  ['a misspelt element', { 'package.xml': manifest({}).replaceAll('version>', 'verzion>') }, ['package.xml:2:58  package.xml: Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}verzion invalid at this location in type Package']],
  ['no version', { 'package.xml': manifest({}, '') }, ['package.xml:1:1  package.xml: The version is missing']],
  ['a version that is none', { 'package.xml': manifest({}, '<version>sixty</version>') }, ['package.xml:1:1  package.xml: Invalid version: sixty']],
  ['a version of tomorrow', { 'package.xml': manifest({}, '<version>68.0</version>') }, ['package.xml:1:1  package.xml: The version 68.0 is higher than that of this org, 67.0']],
  ['a member without its file', NAMED, ["package.xml:2:65  package.xml: An object 'Account.Tier__c' of type CustomField was named in package.xml, but was not found in zipped directory"]],
  ['a file that nothing names', { 'package.xml': manifest({ CustomField: ['Account.Tier__c'] }), ...FIELD, ...classFiles('Stray', 'public class Stray {}') }, ['classes/Stray.cls:1:1 ApexClass Stray: Not in package.xml']],
  ['deletions of everything', { 'package.xml': manifest({}), 'destructiveChanges.xml': manifest({ ApexClass: ['*'] }) }, ['destructiveChanges.xml:2:65  destructiveChanges.xml: A destructive manifest cannot name *']],
  ['a class without its -meta.xml', { 'package.xml': manifest({ ApexClass: ['Lone'] }), 'classes/Lone.cls': 'public class Lone {}' }, ['classes/Lone.cls:1:1 ApexClass Lone: The file Lone.cls-meta.xml is missing beside it']],
]; // prettier-ignore

const cases = refusals.map(([what, files, problems, options = {}]) => ({ what, files, problems, options }));

test.each(cases)('$what: refused, and nothing is deployed', async ({ files, problems, options }) => {
  const status = await deploy(client, files, options);
  expect([status.status, problemsOf(status), client.started.org.metadata.components]).toEqual(['Failed', problems, []]);
});

test('a zip that unpacks to more than the local org takes is refused before it is unpacked', async () => {
  const status = await deploy(client, { ...NAMED, 'classes/Big.cls': ' '.repeat(100_000_001) });
  expect(problemsOf(status)).toEqual(['package.xml:1:1  package.xml: The zip holds more than 100000000 bytes']);
});

test('a request that is larger than a deploy may be is refused as a whole', async () => {
  const { status, body } = await client.send('POST', '/services/Soap/m/67.0', 'x'.repeat(55_000_001), { 'Content-Type': 'text/xml' });
  expect([status, body]).toEqual([413, [{ errorCode: 'REQUEST_TOO_LARGE', message: 'Request body exceeds 55000000 bytes' }]]);
});

test('no single package lies in one folder, whatever its name', async () => {
  const files = Object.fromEntries(Object.entries({ ...NAMED, ...FIELD }).map(([name, text]) => [`anything/${name}`, text]));
  const { status, successes } = await deploy(client, files, { singlePackage: 'false', checkOnly: 'true' });
  expect([status, successes.map(({ fullName, fileName }) => [fullName, fileName])]).toEqual([
    'Succeeded',
    [['Account.Tier__c', 'objects/Account.object']],
  ]);
});

test('a wildcard, or the object that it is a part of, names a component too', async () => {
  const wildcard = { 'package.xml': manifest({ ApexClass: ['*'] }), ...classFiles('Anything', 'public class Anything {}') };
  expect((await deploy(client, wildcard, { checkOnly: 'true' })).status).toBe('Succeeded');
  const { status } = await deploy(client, { 'package.xml': manifest({ CustomObject: ['*'] }), ...FIELD }, { checkOnly: 'true' });
  expect(status).toBe('Succeeded');
});
