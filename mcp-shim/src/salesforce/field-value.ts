import { invalidInput } from '../errors.ts';
import type { ContractError } from '../errors.ts';
import type { FieldDescribe } from './gateway.ts';

/** Types whose value is made of parts, or is no value that a person could compare. */
const compoundTypes = new Set(['address', 'location', 'base64', 'complexvalue', 'anyType']);

/** @throws ContractError INVALID_INPUT for a compound field, which no single value can set */
export function refuseCompound(field: FieldDescribe): void {
  if (compoundTypes.has(field.type)) throw compoundField(field);
}

function compoundField(field: FieldDescribe): ContractError {
  return invalidInput(
    `${field.name} is of type ${field.type} and cannot be set as one value. Update one of its parts, such as BillingCity of BillingAddress.`,
    { cause: 'COMPOUND_FIELD' },
  );
}

/** REST writes instants as `2026-11-20T10:00:00.000+0000`; ISO 8601 wants a `Z`. Other text passes. */
export function isoInstant(text: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+0000$/.test(text) ? text.replace('+0000', 'Z') : text;
}
