import { NO_PERMISSIONS } from '../../schema/deployed-permissions.ts';
import type { Lookup, ObjectDef, Schema } from '../../schema/types.ts';
import { TOOLING_TABLES } from './tooling-tables.ts';

/** The objects of the Tooling API. A name that it does not have is one that the local org has not learned: it is refused by name. */
export function toolingSchema(): Schema {
  const objects = new Map(
    TOOLING_TABLES.map(({ name, keyPrefix, fields }): [string, ObjectDef] => [
      name.toLowerCase(),
      {
        name,
        label: name,
        labelPlural: name,
        keyPrefix,
        custom: false,
        createable: false,
        updateable: false,
        deletable: false,
        queryable: true,
        sharingModel: 'ReadWrite',
        fields: new Map(fields.map(({ def }) => [def.name.toLowerCase(), def])),
        childRelationships: [],
      },
    ]),
  );
  const found = <T>(def: T | undefined): Lookup<T> => (def === undefined ? { kind: 'unsupported' } : { kind: 'known', def });
  return {
    object: (name) => found(objects.get(name.toLowerCase())),
    field: (object, name) => found(object.fields.get(name.toLowerCase())),
    parentRelationship: (object, name) =>
      found([...object.fields.values()].find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase())),
    childRelationship: () => ({ kind: 'unsupported' }),
    objectByPrefix: (keyPrefix) => [...objects.values()].find((object) => object.keyPrefix === keyPrefix),
    objects: () => objects.values(),
    permissions: NO_PERMISSIONS,
  };
}
