import { ContractError } from '../errors.ts';
import { describeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { ObjectDescribe } from '../salesforce/gateway.ts';
import { findField, objectNotVisible, requireFields } from './describe-visible.ts';
import type { ToolContext } from './tool.ts';

/** What a tool would like to select. Paths go at most one relationship up: `Owner.Name`. */
export interface Wanted {
  from: string;
  fields: readonly string[];
  /** The answer cannot do without these, whether they are selected or not. */
  required?: readonly string[];
  /** Selected where the org has them; not everybody does, so nobody is told that they are missing. */
  optional?: readonly string[];
}

export interface VisibleSelect {
  /** Absent in a dry run that has no describe yet. */
  object?: ObjectDescribe;
  /** `Id` and what of the wanted paths this user can see. */
  fields: string[];
  /** The wanted paths that they cannot see, for `meta.fields_not_visible`. */
  hidden: string[];
  sees(path: string): boolean;
}

/**
 * Everybody who may log in reads the names of users and queues, so their describes are not asked for. Roles are not among them: they take
 * the permission View Roles and Role Hierarchy (Object Reference, "UserRole").
 */
const alwaysVisible = new Set(['User', 'Group']);

/**
 * What of a list of paths may be selected, by the describes of the object and of the parents it names, each kept for 15 minutes.
 * @throws ContractError PERMISSION_DENIED naming the object, or a required field, that is not visible
 */
export async function visibleSelect(wanted: Wanted, context: ToolContext): Promise<VisibleSelect> {
  const object = await describeOrNothing(wanted.from, context);
  if (!object) throw objectNotVisible(wanted.from);
  requireFields(object, wanted.required ?? []);
  const parents = new Map(
    await Promise.all(parentsOf(wanted, object).map(async (name) => [name, await describeOrNothing(name, context)] as const)),
  );
  return select(wanted, object, (parent) => parents.get(parent));
}

/** The same from what is known by now, for a dry run: before a describe it supposes what most users see. Sends nothing. */
export function supposedSelect(wanted: Wanted, context: ToolContext): VisibleSelect {
  const object = context.salesforce.peekDescribe(wanted.from);
  if (object) return select(wanted, object, (parent) => context.salesforce.peekDescribe(parent) ?? 'unknown');
  return { fields: [...new Set(['Id', ...wanted.fields])], hidden: [], sees: (path) => !(wanted.optional ?? []).includes(path) };
}

/** The describes that `visibleSelect` would ask for. */
export function planDescribes(wanted: Wanted, context: ToolContext): ApiRequest[] {
  const { config, salesforce } = context;
  const object = salesforce.peekDescribe(wanted.from);
  const parents = object ? parentsOf(wanted, object) : guessedParents(wanted);
  return [wanted.from, ...parents]
    .filter((name) => salesforce.peekDescribe(name) === undefined)
    .map((name) => describeRequest(config.apiVersion, name));
}

type ParentOf = (name: string) => ObjectDescribe | 'unknown' | undefined;

function select(wanted: Wanted, object: ObjectDescribe, parentOf: ParentOf): VisibleSelect {
  const sees = (path: string): boolean => {
    const [relation, field] = path.split('.');
    if (field === undefined) return findField(object, path) !== undefined;
    const targets = targetsOf(object, relation ?? '');
    if (isPolymorphic(targets)) return true;
    return targets.some((target) => {
      if (alwaysVisible.has(target)) return true;
      const parent = parentOf(target);
      return parent === 'unknown' || (parent !== undefined && findField(parent, field) !== undefined);
    });
  };
  const paths = [...wanted.fields, ...(wanted.optional ?? [])];
  return {
    object,
    fields: [...new Set(['Id', ...paths.filter(sees)])],
    hidden: wanted.fields.filter((path) => !sees(path)),
    sees,
  };
}

function parentsOf(wanted: Wanted, object: ObjectDescribe): string[] {
  const targets = relationsOf(wanted)
    .map((relation) => targetsOf(object, relation))
    .filter((several) => !isPolymorphic(several));
  return [...new Set(targets.flat())].filter((target) => !alwaysVisible.has(target));
}

/** Before the describe: a relationship is mostly named after the object that it leads to. */
function guessedParents(wanted: Wanted): string[] {
  return relationsOf(wanted).filter((relation) => ['Account', 'Contact', 'Opportunity', 'UserRole'].includes(relation));
}

function relationsOf(wanted: Wanted): string[] {
  const paths = [...wanted.fields, ...(wanted.optional ?? [])];
  return [...new Set(paths.filter((path) => path.includes('.')).map((path) => path.slice(0, path.indexOf('.'))))];
}

/** `Owner` is the relationship of `OwnerId`, `Partner__r` that of `Partner__c`. */
function targetsOf(object: ObjectDescribe, relation: string): readonly string[] {
  const name = relation.endsWith('__r') ? `${relation.slice(0, -1)}c` : `${relation}Id`;
  return findField(object, name)?.referenceTo ?? [];
}

/**
 * What may lead to several objects (`What.Name`) is read through the object Name, which shows everybody the names of what they see
 * (SOQL Reference, "Understanding Relationship Fields and Polymorphic Fields"). A task may belong to dozens of objects.
 */
function isPolymorphic(targets: readonly string[]): boolean {
  return targets.length > 1;
}

/** Undefined where the object is not visible to this user. */
export async function describeOrNothing(name: string, context: ToolContext): Promise<ObjectDescribe | undefined> {
  return context.salesforce.describe(name, context.signal).catch((error: unknown) => {
    if (error instanceof ContractError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  });
}
