import type { FieldDef, Lookup, ObjectDef, Schema } from '../schema/types.ts';
import type { UserAccess } from './types.ts';

const visible = new WeakMap<UserAccess, WeakMap<Schema, Schema>>();
const wholeOf = new WeakMap<Schema, Schema>();

/**
 * The schema as a user may read it: objects and fields without read access are unknown names in it, relationships that
 * lead to or through them too. Definitions are the same objects as in `schema`, so that they still list every field: look
 * a field up by name to know whether it can be seen. Same schema and access, same answer.
 */
export function visibleSchema(schema: Schema, access: UserAccess): Schema {
  if (access.isFull) return schema;
  const known = visible.get(access) ?? new WeakMap<Schema, Schema>();
  visible.set(access, known);
  let made = known.get(schema);
  if (!made) {
    known.set(schema, (made = restrict(schema, access)));
    wholeOf.set(made, schema);
  }
  return made;
}

/** The schema that a visible one was made of: what formulas are computed from. */
export function wholeSchema(schema: Schema): Schema {
  return wholeOf.get(schema) ?? schema;
}

const UNKNOWN = { kind: 'unknown' } as const;

function restrict(schema: Schema, access: UserAccess): Schema {
  const readsObject = (object: ObjectDef): boolean => access.object(object).read;
  const readsField = (object: ObjectDef, field: FieldDef): boolean => access.field(object, field).read;
  const only = <T>(lookup: Lookup<T>, may: (def: T) => boolean): Lookup<T> =>
    lookup.kind === 'known' && !may(lookup.def) ? UNKNOWN : lookup;
  const readsNamed = (name: string): boolean => {
    const object = schema.object(name);
    return object.kind !== 'known' || readsObject(object.def);
  };
  return {
    object: (name) => only(schema.object(name), readsObject),
    field: (object, name) => only(schema.field(object, name), (field) => readsField(object, field)),
    parentRelationship: (object, name) =>
      only(schema.parentRelationship(object, name), (field) => readsField(object, field) && field.referenceTo.some(readsNamed)),
    childRelationship: (object, name) =>
      only(schema.childRelationship(object, name), ({ childObject, field }) => {
        const child = schema.object(childObject);
        const reference = child.kind === 'known' ? schema.field(child.def, field) : child;
        return child.kind !== 'known' || reference.kind !== 'known' || (readsObject(child.def) && readsField(child.def, reference.def));
      }),
    objectByPrefix: (keyPrefix) => {
      const object = schema.objectByPrefix(keyPrefix);
      return object && readsObject(object) ? object : undefined;
    },
    objects: () => [...schema.objects()].filter(readsObject),
    permissions: schema.permissions,
  };
}
