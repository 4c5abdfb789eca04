import { ContractError } from '../errors.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import { isHidden, rowsOf } from '../salesforce/look-up.ts';
import { toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import type { ToolContext } from './tool.ts';

/** Whether there is an account with an id, as a query of its own: `account`. */
export function accountQuery(id: string): NamedQuery {
  return { ref: 'account', soql: selectSoql({ fields: ['Id'], from: 'Account', where: [equals('Id', id)], limit: 1 }) };
}

export function noSuchAccount(id: string): ContractError {
  return new ContractError('NOT_FOUND', `Account ${id} does not exist, is deleted, or is not visible to you. Check the id.`, {
    cause: 'NOT_FOUND',
    fields: ['account_id'],
  });
}

/**
 * For an answer that found nothing: the id of no account would look like an account that has nothing. Sends a request where one was named.
 * @throws ContractError NOT_FOUND
 */
export async function refuseUnknownAccount(id: string | undefined, context: ToolContext): Promise<void> {
  if (id === undefined) return;
  const query = accountQuery(toLongId(id));
  const answers = await context.salesforce.queries([query], context.signal);
  // Who sees no accounts at all cannot be told.
  if (!isHidden(answers, query.ref) && rowsOf(answers, query.ref).length === 0) throw noSuchAccount(id);
}
