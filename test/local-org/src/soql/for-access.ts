import type { UserAccess } from '../access/types.ts';
import { visibleSchema } from '../access/visible-schema.ts';
import type { Schema } from '../schema/types.ts';
import { InaccessibleNames, SoqlError, type CompiledQuery } from './types.ts';

const compiled = new WeakMap<CompiledQuery, WeakMap<UserAccess, CompiledQuery | SoqlError>>();

/**
 * A query as a user may run it: names that the user may not read are names that there are not, in every clause. Compiled
 * once for each user.
 * @param query compiled against `schema`, the org's whole one
 * @throws InaccessibleNames with everything in the query that the user may not read
 */
export function forAccess(query: CompiledQuery, schema: Schema, access: UserAccess): CompiledQuery {
  if (access.isFull) return query;
  const known = compiled.get(query) ?? new WeakMap<UserAccess, CompiledQuery | SoqlError>();
  compiled.set(query, known);
  let made = known.get(access);
  if (!made) known.set(access, (made = compile(query, schema, access)));
  if (made instanceof SoqlError) throw made;
  return made;
}

function compile(query: CompiledQuery, schema: Schema, access: UserAccess): CompiledQuery | SoqlError {
  try {
    return query.forSchema(visibleSchema(schema, access));
  } catch (error) {
    if (error instanceof SoqlError) return new InaccessibleNames(error, inaccessible(query, access));
    throw error;
  }
}

function inaccessible(query: CompiledQuery, access: UserAccess): Map<string, string[]> {
  const hidden = new Map<string, string[]>();
  for (const [object, fields] of query.accessed) {
    const names = [...fields].filter((field) => !access.field(object, field).read).map(({ name }) => name);
    if (names.length > 0 || !access.object(object).read) hidden.set(object.name, names);
  }
  return hidden;
}
