import { ContractError, invalidInput } from '../errors.ts';
import type { FieldDescribe, ObjectDescribe } from '../salesforce/gateway.ts';
import type { ToolContext } from './tool.ts';

/** The describe of an object that the caller names. Hidden and missing are told apart nowhere: the platform does not tell either. */
export async function describeVisible(objectType: string, context: ToolContext): Promise<ObjectDescribe> {
  return context.salesforce.describe(objectType, context.signal).catch((error: unknown) => {
    if (error instanceof ContractError && error.code === 'NOT_FOUND') throw notVisible(`The object ${objectType}`);
    throw error;
  });
}

export function visibleField(object: ObjectDescribe, name: string): FieldDescribe {
  const field = findField(object, name);
  if (!field) throw notVisible(`The field ${object.name}.${name}`);
  return field;
}

export function findField(object: ObjectDescribe, name: string): FieldDescribe | undefined {
  return object.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}

/** @throws ContractError PERMISSION_DENIED naming what the answer cannot do without */
export function requireFields(object: ObjectDescribe, names: readonly string[]): void {
  const hidden = names.filter((name) => !findField(object, name));
  if (hidden.length === 0) return;
  throw new ContractError(
    'PERMISSION_DENIED',
    `This needs ${hidden.map((name) => `${object.name}.${name}`).join(', ')}, which you cannot see. Ask an administrator for read access.`,
    { cause: 'FIELD_NOT_VISIBLE', fields: hidden },
  );
}

/** For an object that the tool asks for by itself: nothing that the caller wrote is wrong. */
export function objectNotVisible(name: string): ContractError {
  return new ContractError(
    'PERMISSION_DENIED',
    `This needs the object ${name}, which you cannot see. Ask an administrator for read access.`,
    {
      cause: 'OBJECT_NOT_VISIBLE',
    },
  );
}

function notVisible(what: string): ContractError {
  return invalidInput(`${what} does not exist or is not visible to you. Check the API name, or ask an administrator for access.`, {
    cause: 'NOT_VISIBLE',
  });
}
