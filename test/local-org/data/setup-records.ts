import type { OrgCurrency } from '../src/schema/org-currencies.ts';
import type { Value } from '../src/schema/types.ts';
import { CALENDAR_YEAR, type FiscalYear } from '../src/soql/fiscal-year.ts';
import { setupId } from './setup-id.ts';
import { currencyTypes, stages, statuses } from './setup-values.ts';

/** A record by field name, before the platform's own fields are filled in. `Id` where it must be known beforehand. */
export interface PlainRecord {
  readonly object: string;
  readonly values: Readonly<Record<string, Value>>;
}

const COMPANY = 'Larkfield Software';
export const ORG_TIME_ZONE = 'America/New_York';
const DOMAIN = 'larkfield.example';

interface Person {
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly department: string;
  readonly role: string | null;
  readonly manager: string | null;
  readonly timeZone: string;
  readonly profile: ProfileName;
  readonly isActive: boolean;
}

const EAST = ORG_TIME_ZONE;
const WEST = 'America/Los_Angeles';

/** Names are those of the platform's standard profiles; what each gives is in `src/access/profiles.ts`. */
const PROFILES = [
  { name: 'System Administrator', license: 1 },
  { name: 'Standard User', license: 1 },
  { name: 'Minimum Access - Salesforce', license: 1 },
  { name: 'Minimum Access - API Only Integrations', license: 2 },
] as const;

type ProfileName = (typeof PROFILES)[number]['name'];

const person = (key: string, firstName: string, lastName: string, title: string, role: string | null, manager: string | null, timeZone: string, profile: ProfileName = 'System Administrator', isActive = true): Person => ({
  key, firstName, lastName, title, department: role === null ? 'Operations' : 'Sales', role, manager, timeZone, profile, isActive,
}); // prettier-ignore

/** The administrator first: Apex tests run as that one. The last one has left the company and cannot sign in. */
const PEOPLE: readonly Person[] = [
  person('admin', 'Sam', 'Okafor', 'Salesforce Administrator', null, null, EAST),
  person('vp', 'Dana', 'Whitfield', 'VP Sales', 'VP Sales', null, EAST),
  person('east', 'Marcus', 'Oyelaran', 'Regional Sales Manager, East', 'Sales Manager East', 'vp', EAST, 'Standard User'),
  person('west', 'Priya', 'Raman', 'Regional Sales Manager, West', 'Sales Manager West', 'vp', WEST, 'Standard User'),
  person('rep1', 'Jonas', 'Lindqvist', 'Account Executive', 'Account Executive East', 'east', EAST, 'Standard User'),
  person('rep2', 'Tamara', 'Nowak', 'Account Executive', 'Account Executive East', 'east', EAST, 'Standard User'),
  person('rep3', 'Caleb', 'Hastings', 'Senior Account Executive', 'Account Executive East', 'east', EAST, 'Standard User'),
  person('rep4', 'Mei', 'Tran', 'Account Executive', 'Account Executive East', 'east', EAST, 'Standard User'),
  person('rep5', 'Diego', 'Salazar', 'Senior Account Executive', 'Account Executive West', 'west', WEST, 'Standard User'),
  person('rep6', 'Ruth', 'Feldman', 'Account Executive', 'Account Executive West', 'west', WEST, 'Standard User'),
  person('rep7', 'Kwame', 'Boateng', 'Account Executive', 'Account Executive West', 'west', WEST, 'Standard User'),
  person('rep8', 'Sofie', 'Madsen', 'Account Executive', 'Account Executive West', 'west', WEST, 'Standard User'),
  person('integration', 'RevOps', 'Integration', 'Integration User', null, null, EAST),
  person('reviewer', 'Helen', 'Brandt', 'Internal Audit', null, null, EAST),
  person('restricted', 'Nina', 'Castellano', 'Contract Analyst', null, null, EAST, 'Minimum Access - Salesforce'),
  person('former', 'Gareth', 'Pryce', 'Account Executive', 'Account Executive East', 'east', EAST, 'Standard User', false),
];

const ROLES: readonly { readonly name: string; readonly parent: string | null }[] = [
  { name: 'VP Sales', parent: null },
  { name: 'Sales Manager East', parent: 'VP Sales' },
  { name: 'Sales Manager West', parent: 'VP Sales' },
  { name: 'Account Executive East', parent: 'Sales Manager East' },
  { name: 'Account Executive West', parent: 'Sales Manager West' },
];

export const ORG_ID = setupId('00D', 1);

/** Id of a standard profile. */
export function profileId(name: ProfileName): string {
  return setupId('00e', PROFILES.findIndex((profile) => profile.name === name) + 1);
}

export interface SetupUser {
  readonly key: string;
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly profileId: string;
  readonly timeZone: string;
}

interface SetupPerson extends SetupUser {
  readonly isActive: boolean;
}

const SETUP_PEOPLE: readonly SetupPerson[] = PEOPLE.map((one, index) => {
  const address = one.key === 'integration' ? 'revops.integration' : `${one.firstName}.${one.lastName}`.toLowerCase();
  return {
    key: one.key,
    id: setupId('005', index + 1),
    username: `${address}@${DOMAIN}`,
    name: `${one.firstName} ${one.lastName}`,
    email: `${address}@${DOMAIN}`,
    title: one.title,
    profileId: profileId(one.profile),
    timeZone: one.timeZone,
    isActive: one.isActive,
  };
});

/** Everybody who can sign in, the administrator first. */
export const SETUP_USERS: readonly SetupUser[] = SETUP_PEOPLE.filter(({ isActive }) => isActive);

/** The set-up user of a key such as `vp`, `rep3` or `former`. */
export function setupUser(key: string): SetupUser {
  const user = SETUP_PEOPLE.find((one) => one.key === key);
  if (!user) throw new Error(`no set-up user ${key}`);
  return user;
}

/** What differs from org to org in its set-up. */
export interface OrgSettings {
  /** Default: calendar years. */
  readonly fiscalYear?: FiscalYear;
  /** The currencies of an org with several, the corporate one first. Default: one currency. */
  readonly currencies?: readonly OrgCurrency[];
}

/**
 * Organisation, profiles, roles, users, queues, stages, statuses and currencies: what every database of an org holds, the one
 * of an Apex test too.
 */
export function setupRecords({ fiscalYear = CALENDAR_YEAR, currencies = [] }: OrgSettings = {}): PlainRecord[] {
  return [
    organization(fiscalYear),
    ...licenses(),
    ...profiles(),
    ...roles(),
    ...users(),
    ...queues(),
    ...stages(),
    ...statuses(),
    ...currencyTypes(currencies),
  ];
}

function organization({ startMonth, namedByStart }: FiscalYear): PlainRecord {
  return {
    object: 'Organization',
    values: {
      Id: ORG_ID,
      Name: COMPANY,
      InstanceName: 'LOCAL',
      IsSandbox: false,
      OrganizationType: 'Developer Edition',
      NamespacePrefix: null,
      TrialExpirationDate: null,
      TimeZoneSidKey: ORG_TIME_ZONE,
      DefaultLocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      FiscalYearStartMonth: startMonth,
      UsesStartDateAsFiscalYearName: namedByStart,
    },
  };
}

function licenses(): PlainRecord[] {
  const license = (number: number, name: string, key: string): PlainRecord => ({
    object: 'UserLicense',
    values: { Id: setupId('100', number), Name: name, MasterLabel: name, LicenseDefinitionKey: key },
  });
  return [license(1, 'Salesforce', 'SFDC'), license(2, 'Salesforce Integration', 'SALESFORCE_INTEGRATION')];
}

function profiles(): PlainRecord[] {
  return PROFILES.map(({ name, license }) => ({
    object: 'Profile',
    values: { Id: profileId(name), Name: name, UserType: 'Standard', UserLicenseId: setupId('100', license) },
  }));
}

function roles(): PlainRecord[] {
  return ROLES.map((role, index) => ({
    object: 'UserRole',
    values: {
      Id: setupId('00E', index + 1),
      Name: role.name,
      DeveloperName: role.name.replace(/\W+/g, '_'),
      ParentRoleId: role.parent === null ? null : roleId(role.parent),
    },
  }));
}

function roleId(name: string): string {
  const index = ROLES.findIndex((role) => role.name === name);
  if (index < 0) throw new Error(`no role ${name}`);
  return setupId('00E', index + 1);
}

function users(): PlainRecord[] {
  return PEOPLE.map((one) => {
    const user = setupUser(one.key);
    return {
      object: 'User',
      values: {
        Id: user.id,
        Username: user.username,
        FirstName: one.firstName,
        LastName: one.lastName,
        Name: user.name,
        Email: user.email,
        Alias: one.lastName.slice(0, 8).toLowerCase(),
        CommunityNickname: user.username.split('@')[0] ?? null,
        Title: one.title,
        Department: one.department,
        CompanyName: COMPANY,
        IsActive: one.isActive,
        UserType: 'Standard',
        ProfileId: user.profileId,
        UserRoleId: one.role === null ? null : roleId(one.role),
        ManagerId: one.manager === null ? null : setupUser(one.manager).id,
        TimeZoneSidKey: one.timeZone,
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      },
    };
  });
}

/** Queues that may own cases and leads. */
export const QUEUES = { support: setupId('00G', 1), inbound: setupId('00G', 2) };

function queues(): PlainRecord[] {
  const queue = (Id: string, Name: string): PlainRecord => ({
    object: 'Group',
    values: { Id, Name, DeveloperName: Name.replace(/\W+/g, '_'), Type: 'Queue', OwnerId: setupUser('admin').id, DoesIncludeBosses: true },
  });
  return [queue(QUEUES.support, 'Tier 1 Support'), queue(QUEUES.inbound, 'Inbound Leads')];
}
