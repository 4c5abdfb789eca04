import { to18 } from '../src/schema/ids.ts';
import { CASE_STATUSES, LEAD_STATUSES, STAGES, TASK_PRIORITIES, TASK_STATUSES } from '../src/schema/standard/stages.ts';
import type { Value } from '../src/schema/types.ts';

/** A record by field name, before the platform's own fields are filled in. `Id` where it must be known beforehand. */
export interface PlainRecord {
  readonly object: string;
  readonly values: Readonly<Record<string, Value>>;
}

export const COMPANY = 'Larkfield Software';
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

const person = (key: string, firstName: string, lastName: string, title: string, role: string | null, manager: string | null, timeZone: string, profile: ProfileName = 'System Administrator'): Person => ({
  key, firstName, lastName, title, department: role === null ? 'Operations' : 'Sales', role, manager, timeZone, profile,
}); // prettier-ignore

/** Everybody who can sign in, the administrator first: Apex tests run as that one. */
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
];

const ROLES: readonly { readonly name: string; readonly parent: string | null }[] = [
  { name: 'VP Sales', parent: null },
  { name: 'Sales Manager East', parent: 'VP Sales' },
  { name: 'Sales Manager West', parent: 'VP Sales' },
  { name: 'Account Executive East', parent: 'Sales Manager East' },
  { name: 'Account Executive West', parent: 'Sales Manager West' },
];

/** A set-up record's 18-character id. Set-up ids have a range of their own, which generated ids never reach. */
export function setupId(keyPrefix: string, number: number): string {
  return to18(`${keyPrefix}000000SET${String(number).padStart(3, '0')}`);
}

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

export const SETUP_USERS: readonly SetupUser[] = PEOPLE.map((one, index) => {
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
  };
});

/** The set-up user of a key such as `vp` or `rep3`. */
export function setupUser(key: string): SetupUser {
  const user = SETUP_USERS.find((one) => one.key === key);
  if (!user) throw new Error(`no set-up user ${key}`);
  return user;
}

/** Organisation, profiles, roles, users, stages and statuses: what every database of an org holds, the one of an Apex test too. */
export function setupRecords(): PlainRecord[] {
  return [organization(), ...licenses(), ...profiles(), ...roles(), ...users(), ...stages(), ...statuses()];
}

function organization(): PlainRecord {
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
      FiscalYearStartMonth: 1,
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
        IsActive: true,
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

function stages(): PlainRecord[] {
  return STAGES.map((stage, index) => ({
    object: 'OpportunityStage',
    values: {
      Id: setupId('01J', index + 1),
      ApiName: stage.name,
      MasterLabel: stage.name,
      IsActive: true,
      IsClosed: stage.isClosed,
      IsWon: stage.isWon,
      DefaultProbability: stage.probability,
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
      SortOrder: index + 1,
    },
  }));
}

function statuses(): PlainRecord[] {
  const list = (
    object: string,
    first: number,
    values: readonly ({ readonly name: string; readonly isDefault: boolean } & Record<string, Value>)[],
  ): PlainRecord[] =>
    values.map(({ name, isDefault, ...own }, index) => ({
      object,
      values: {
        Id: setupId('01J', first + index),
        ApiName: name,
        MasterLabel: name,
        IsDefault: isDefault,
        SortOrder: index + 1,
        ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value])),
      },
    }));
  return [
    ...list('LeadStatus', 101, LEAD_STATUSES),
    ...list('CaseStatus', 201, CASE_STATUSES),
    ...list('TaskStatus', 301, TASK_STATUSES),
    ...list('TaskPriority', 401, TASK_PRIORITIES),
  ];
}
