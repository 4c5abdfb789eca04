import { ContractError, invalidInput } from '../errors.ts';
import { compositeRequest, userInfoRequest } from '../salesforce/api-request.ts';
import type { ApiRequest, NamedQuery } from '../salesforce/api-request.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import { isRecordId, toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import type { ToolContext } from './tool.ts';

/** Users that an error names. */
const maxNamed = 5;

/** Characters of the longest e-mail address of a user; a username has at most 80 (Object Reference, "User"). */
const maxReference = 128;

/** How a person names a user: `me`, an id, a username or an e-mail address. */
export function isUserReference(text: string): boolean {
  if (text.length > maxReference) return false;
  if (!text.isWellFormed()) return false; // half of a surrogate pair cannot stand in a URL
  return text.toLowerCase() === 'me' || (isRecordId(text) && text.startsWith('005')) || /^[^\s@]+@[^\s@]+$/.test(text);
}

/** The id as far as it is known without asking, for a dry run. */
export function supposedUserId(reference: string, context: ToolContext): string | undefined {
  if (reference.toLowerCase() === 'me') return context.user.peek()?.userId;
  return reference.includes('@') ? undefined : toLongId(reference);
}

/** The requests that `resolveUser` would send. */
export function planResolveUser(reference: string, context: ToolContext): ApiRequest[] {
  if (reference.toLowerCase() === 'me') return context.user.peek() ? [] : [userInfoRequest()];
  return reference.includes('@') ? [compositeRequest(context.config.apiVersion, [userQuery(reference)])] : [];
}

/**
 * @returns the 18-character id
 * @throws ContractError NOT_FOUND for nobody, INVALID_INPUT for several
 */
export async function resolveUser(reference: string, context: ToolContext): Promise<string> {
  if (reference.toLowerCase() === 'me') return (await context.user.get(context.signal)).userId;
  if (!reference.includes('@')) return toLongId(reference);
  const query = userQuery(reference);
  const answer = (await context.salesforce.queries([query], context.signal)).get(query.ref);
  if (answer instanceof ContractError) throw answer;
  const users = answer?.records ?? [];
  // A username is unique; an e-mail address may be shared, also with somebody's username.
  const exact = users.find((user) => String(user['Username']).toLowerCase() === reference.toLowerCase());
  const found = exact ?? users[0];
  if (!found)
    throw new ContractError(
      'NOT_FOUND',
      `No user with the username or e-mail ${reference} is visible to you. Check the spelling, or pass the user's id.`,
    );
  if (!exact && users.length > 1) {
    const names = users.slice(0, maxNamed).map((user) => String(user['Username']));
    const more = users.length > maxNamed ? ` and ${users.length - maxNamed} more` : '';
    throw invalidInput(`${reference} is the e-mail of several users: ${names.join(', ')}${more}. Pass the username of one.`, {
      cause: 'AMBIGUOUS_USER',
    });
  }
  return String(found['Id']);
}

/** Whether there is a user with an id, as a query of its own. */
export function userByIdQuery(ref: string, id: string): NamedQuery {
  return { ref, soql: selectSoql({ fields: ['Id'], from: 'User', where: [equals('Id', id)], limit: 1 }) };
}

/** @param argument that named them */
export function noSuchUser(argument: string, reference: string): ContractError {
  return new ContractError('NOT_FOUND', `User ${reference} does not exist or is not visible to you. Check the id.`, {
    cause: 'NOT_FOUND',
    fields: [argument],
  });
}

/**
 * For an answer that found nothing: the id of nobody would look like somebody who has nothing. Sends a request where a user was named by
 * their id; other references were looked up before.
 * @param named arguments with what they refer to
 * @throws ContractError NOT_FOUND
 */
export async function refuseUnknownUser(named: Readonly<Record<string, string | undefined>>, context: ToolContext): Promise<void> {
  for (const [argument, reference] of Object.entries(named)) {
    if (reference === undefined || !isRecordId(reference)) continue;
    const query = userByIdQuery(argument, toLongId(reference));
    if (rowsOf(await context.salesforce.queries([query], context.signal), argument).length === 0) throw noSuchUser(argument, reference);
  }
}

function userQuery(reference: string): NamedQuery {
  return {
    ref: 'owner',
    soql: selectSoql({
      fields: ['Id', 'Username'],
      from: 'User',
      where: [`(${equals('Username', reference)} OR ${equals('Email', reference)})`],
      orderBy: 'Username',
      // One of them may have it as username, wherever that stands in the order.
      limit: 200,
    }),
  };
}
