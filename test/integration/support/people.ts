import { profileId } from '../../local-org/data/setup-records.ts';
import { RestClient } from './rest-client.ts';
import type { TestOrg } from './test-org.ts';

/** Somebody with a login of their own. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly rest: RestClient;
}

let people = 0;

/** Somebody with a profile that gives nothing and these permission sets. */
export async function person(org: TestOrg, permissionSets: readonly string[]): Promise<Person> {
  const username = `person${++people}@larkfield.example`;
  const id = await org.rest.create('User', {
    LastName: 'Person',
    Username: username,
    Email: username,
    Alias: `p${people}`,
    TimeZoneSidKey: 'Europe/Paris',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    ProfileId: profileId('Minimum Access - Salesforce'),
  });
  for (const name of permissionSets) await assign(org, id, name);
  return { id, username, rest: new RestClient(org.url, org.local.sessions.issue(username)) };
}

/** Gives somebody a permission set. @returns what takes it away again */
export async function assign(org: TestOrg, userId: string, permissionSet: string): Promise<() => Promise<void>> {
  const [found] = await org.rest.query(`SELECT Id FROM PermissionSet WHERE Name = '${permissionSet}'`);
  if (!found) throw new Error(`the org has no permission set ${permissionSet}`);
  const id = await org.rest.create('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: found['Id'] });
  return () => org.rest.delete('PermissionSetAssignment', id);
}
