import type { DeployedObject } from '../schema/deployed-object.ts';
import type { Package } from './package.ts';

/**
 * The objects of an org after a package: what was deployed before stays in its place, what the package declares again is
 * replaced, what is new comes after it.
 * @param before what earlier deploys brought
 */
export function toDeployedObjects(pkg: Package, before: readonly DeployedObject[] = []): DeployedObject[] {
  const objects = new Map(before.map((object) => [object.name.toLowerCase(), object]));
  for (const { name, declared, fields, validationRules, records } of pkg.objects) {
    const key = name.toLowerCase();
    const existing = objects.get(key);
    const isMetadata = declared?.isCustomMetadata ?? existing?.metadataRecords !== undefined;
    const sharingModel = declared?.sharingModel ?? existing?.sharingModel;
    objects.set(key, {
      name: existing?.name ?? name,
      label: declared?.label ?? existing?.label ?? name,
      labelPlural: declared?.pluralLabel ?? existing?.labelPlural ?? name,
      nameField: declared?.nameField ?? existing?.nameField ?? null,
      fields: merged(
        existing?.fields ?? [],
        fields.map(({ field }) => field),
      ),
      validationRules: merged(
        existing?.validationRules ?? [],
        validationRules.map(({ rule }) => rule),
      ),
      ...(isMetadata
        ? {
            metadataRecords: merged(
              existing?.metadataRecords ?? [],
              records.map(({ record }) => record),
            ),
          }
        : {}),
      ...(sharingModel === undefined ? {} : { sharingModel }),
    });
  }
  return [...objects.values()];
}

function merged<T extends { readonly name: string }>(before: readonly T[], now: readonly T[]): T[] {
  const parts = new Map(before.map((part) => [part.name.toLowerCase(), part]));
  for (const part of now) parts.set(part.name.toLowerCase(), part);
  return [...parts.values()];
}
