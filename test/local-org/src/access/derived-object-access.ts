import { isCustomMetadata } from '../schema/custom-metadata.ts';
import { hasObjectPermissions } from '../schema/object-permissions.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { ObjectAccess } from './types.ts';

/** What the access to an object without permissions of its own follows from. */
export interface AccessFacts {
  /** Of another object of the schema. */
  object(name: string): ObjectAccess;
  hasUserPermission(name: string): boolean;
  /** Whether a permission set gives access to a custom metadata type. */
  readsCustomMetadata(name: string): boolean;
}

type Rule = (facts: AccessFacts) => ObjectAccess;

const access = (read: boolean, write: boolean, all = true): ObjectAccess => ({
  read,
  create: write,
  edit: write,
  delete: write,
  viewAll: read && all,
  modifyAll: write && all,
});

/** Activities have user permissions in place of object permissions. */
const activity =
  (permission: string): Rule =>
  (facts) => {
    const read = facts.hasUserPermission('ActivitiesAccess');
    const write = read && facts.hasUserPermission(permission);
    const all = facts.hasUserPermission('ModifyAllData');
    return { ...access(read, write), viewAll: all || facts.hasUserPermission('ViewAllData'), modifyAll: all };
  };

/** Who may read the parent reads; who may edit it writes. */
const ofParent =
  (parent: string, writable: boolean): Rule =>
  (facts) => {
    const { read, edit, viewAll, modifyAll } = facts.object(parent);
    const write = writable && edit;
    return { read, create: write, edit: write, delete: write, viewAll, modifyAll: modifyAll && writable };
  };

/** Comments may be added by those who may create cases, too. */
const caseComment: Rule = (facts) => ({
  ...ofParent('Case', true)(facts),
  create: facts.object('Case').edit || facts.object('Case').create,
});

/** Set-up records: read by everybody, or by the holders of a permission; written by the holders of one. */
const setUp =
  (write: readonly string[], read: readonly string[] = []): Rule =>
  (facts) => {
    const mayWrite = write.some((name) => facts.hasUserPermission(name));
    return access(read.length === 0 || mayWrite || read.some((name) => facts.hasUserPermission(name)), mayWrite);
  };

const CUSTOMIZE = setUp(['CustomizeApplication']);

/**
 * Objects that permission sets do not name. Who may read set-up objects is what the Object Reference says under Special
 * Access Rules.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_role.htm
 */
const RULES: Readonly<Record<string, Rule>> = {
  casecomment: caseComment,
  casestatus: CUSTOMIZE,
  // Files are everybody's to make; which of them somebody sees is sharing's matter.
  contentdocument: () => access(true, true, false),
  contentdocumentlink: () => access(true, true, false),
  contentnote: () => access(true, true, false),
  currencytype: CUSTOMIZE,
  event: activity('EditEvent'),
  fiscalyearsettings: CUSTOMIZE,
  group: setUp(['ManageUsers']),
  leadstatus: CUSTOMIZE,
  opportunitycontactrole: ofParent('Opportunity', true),
  opportunityhistory: ofParent('Opportunity', false),
  opportunitystage: CUSTOMIZE,
  organization: CUSTOMIZE,
  period: CUSTOMIZE,
  permissionset: setUp(['ManageProfilesPermissionsets'], ['ViewSetup', 'AssignPermissionSets']),
  permissionsetassignment: setUp(['AssignPermissionSets'], ['ViewSetup']),
  profile: setUp(['ManageProfilesPermissionsets']),
  recordtype: CUSTOMIZE,
  task: activity('EditTask'),
  taskpriority: CUSTOMIZE,
  taskstatus: CUSTOMIZE,
  user: setUp(['ManageUsers']),
  userlicense: setUp([], ['ViewSetup']),
  userrecordaccess: () => access(true, false),
  userrole: setUp(['ManageRoles'], ['ViewRoles', 'ViewSetup']),
};

/**
 * Records are changed by deploys alone.
 * @see https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_accessing_users.htm
 */
const customMetadata =
  (object: ObjectDef): Rule =>
  (facts) =>
    access(facts.hasUserPermission('CustomizeApplication') || facts.readsCustomMetadata(object.name), false);

/** The rule of an object that has no object permissions; undefined for those that have them. */
export function derivedAccess(object: ObjectDef): Rule | undefined {
  if (isCustomMetadata(object)) return customMetadata(object);
  if (hasObjectPermissions(object)) return undefined;
  const rule = RULES[object.name.toLowerCase()];
  if (!rule) throw new Error(`nothing says who may read ${object.name}`);
  return rule;
}

/** Fields of OpportunityHistory that show what field security hides on the opportunity. */
const HISTORY_OF: Readonly<Record<string, string>> = {
  amount: 'Amount',
  prevamount: 'Amount',
  expectedrevenue: 'ExpectedRevenue',
  probability: 'Probability',
};

/** The field of another object whose security a field has, or null. */
export function securityOfOther(object: ObjectDef, fieldName: string): { readonly object: string; readonly field: string } | null {
  const field = object.name === 'OpportunityHistory' ? HISTORY_OF[fieldName.toLowerCase()] : undefined;
  return field === undefined ? null : { object: 'Opportunity', field };
}
