import { invalidInput } from '../errors.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import { equals } from '../salesforce/soql-builder.ts';
import { planResolveUser, resolveUser, supposedUserId } from './resolve-user.ts';
import { userReference } from './shared-schemas.ts';
import type { ToolContext } from './tool.ts';

interface OwnerArguments {
  owner_id?: string | undefined;
  manager_id?: string | undefined;
}

/** Whose deals: of one user, of everybody whose manager is one user, or, without either, of everybody. 18-character ids. */
export interface Owners {
  ownerId?: string | undefined;
  managerId?: string | undefined;
}

/** Schema part: whose deals. */
export function ownerArguments() {
  return {
    owner_id: userReference('User id, username, e-mail or me').optional(),
    manager_id: userReference('As owner_id; deals of direct reports').optional(),
  };
}

/** @throws ContractError INVALID_INPUT for both, before anything is sent: listed schemas cannot say it */
export function refuseBothOwners(tool: string, args: OwnerArguments): void {
  if (args.owner_id === undefined || args.manager_id === undefined) return;
  throw invalidInput(`${tool}: pass owner_id for one person or manager_id for the direct reports of one, not both.`, {
    cause: 'INVALID_ARGUMENTS',
    fields: ['owner_id', 'manager_id'],
  });
}

/** @throws ContractError as `resolveUser` does */
export async function ownersOf(args: OwnerArguments, context: ToolContext): Promise<Owners> {
  const { owner_id: owner, manager_id: manager } = args;
  if (owner !== undefined) return { ownerId: await resolveUser(owner, context) };
  return manager === undefined ? {} : { managerId: await resolveUser(manager, context) };
}

/** As far as it is known without asking, for a dry run. */
export function supposedOwners({ owner_id: owner, manager_id: manager }: OwnerArguments, context: ToolContext): Owners {
  return {
    ...(owner === undefined ? {} : { ownerId: supposedUserId(owner, context) }),
    ...(manager === undefined ? {} : { managerId: supposedUserId(manager, context) }),
  };
}

/** The requests that `ownersOf` would send, besides the one that tells who the user is. */
export function planOwners({ owner_id: owner, manager_id: manager }: OwnerArguments, context: ToolContext): ApiRequest[] {
  const reference = owner ?? manager;
  return reference?.includes('@') === true ? planResolveUser(reference, context) : [];
}

/** @param deal path to the deal: empty on Opportunity itself */
export function ownerConditions({ ownerId, managerId }: Owners, deal: '' | 'Opportunity.' = ''): string[] {
  return [
    ...(ownerId === undefined ? [] : [equals(`${deal}OwnerId`, ownerId)]),
    ...(managerId === undefined ? [] : [equals(`${deal}Owner.ManagerId`, managerId)]),
  ];
}
