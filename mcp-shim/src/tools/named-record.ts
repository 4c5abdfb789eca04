import { ContractError } from '../errors.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';

/** A record that an argument names by its id. */
export interface NamedArgument {
  argument: string;
  /** The field that is set to the id. */
  field: string;
  object: string;
  id: string;
}

/** People know a case by its number; it has no Name. */
function nameField(object: string): string {
  return object === 'Case' ? 'CaseNumber' : 'Name';
}

export function nameQuery({ field, object, id }: NamedArgument): NamedQuery {
  return { ref: field, soql: selectSoql({ fields: [nameField(object)], from: object, where: [equals('Id', toLongId(id))], limit: 1 }) };
}

/** @throws ContractError NOT_FOUND for a record that the user does not see */
export function nameIn(answers: Answers, { argument, field, object, id }: NamedArgument): string {
  const answer = answers.get(field);
  if (answer instanceof ContractError) throw answer;
  const name = answer?.records[0]?.[nameField(object)];
  if (typeof name === 'string') return name;
  throw new ContractError(
    'NOT_FOUND',
    `${argument}: there is no ${object} with the id ${id} that you can see. Nothing was written: check the id.`,
    { cause: 'NOT_FOUND', fields: [argument] },
  );
}

/** The arguments that were given, the ids among them in the form that the service stores. */
export function definedLongIds(args: Readonly<Record<string, unknown>>, ids: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, ids.includes(name) && typeof value === 'string' ? toLongId(value) : value]),
  );
}
