import type { Component, ObjectComponent, Package } from './package.ts';

export const EMPTY_PACKAGE: Package = { components: [], objects: [], apex: [], permissionSets: [], customPermissions: [], others: [] };

/** What tells one component from another: its type and full name, without regard to case. */
export function componentKey({ type, name }: Pick<Component, 'type' | 'name'>): string {
  return `${type} ${name}`.toLowerCase();
}

/** Everything of an org after a package: what it brings again is replaced, an object keeps the parts that it does not bring. */
export function mergePackages(before: Package, now: Package): Package {
  return {
    components: merged(before.components, now.components),
    objects: mergeObjects(before.objects, now.objects),
    apex: merged(before.apex, now.apex),
    permissionSets: merged(before.permissionSets, now.permissionSets),
    customPermissions: merged(before.customPermissions, now.customPermissions),
    others: merged(before.others, now.others),
  };
}

/** Everything of an org without some components; with an object go its parts. */
export function withoutComponents(all: Package, keys: ReadonlySet<string>): Package {
  const stays = (component: Component): boolean => !keys.has(componentKey(component));
  const objectStays = (name: string): boolean => !keys.has(componentKey({ type: 'CustomObject', name }));
  return {
    components: all.components.filter((component) => stays(component) && objectStays(ownerOf(component))),
    objects: all.objects
      .filter(({ name }) => objectStays(name))
      .map((object) => ({
        ...object,
        fields: object.fields.filter(stays),
        validationRules: object.validationRules.filter(stays),
        records: object.records.filter(stays),
        parts: object.parts.filter(stays),
      })),
    apex: all.apex.filter(stays),
    permissionSets: all.permissionSets.filter(stays),
    customPermissions: all.customPermissions.filter(stays),
    others: all.others.filter((component) => stays(component) && objectStays(ownerOf(component))),
  };
}

/** The object that a component is a part of, or its own name. The layout `Account-Sales Layout` goes with its object too. */
export function ownerOf({ type, name }: Pick<Component, 'type' | 'name'>): string {
  if (type === 'Layout') return name.slice(0, name.indexOf('-'));
  const [first = ''] = name.split('.');
  return type === 'CustomMetadata' ? `${first}__mdt` : first;
}

function mergeObjects(before: readonly ObjectComponent[], now: readonly ObjectComponent[]): ObjectComponent[] {
  const objects = new Map(before.map((object) => [object.name.toLowerCase(), object]));
  for (const object of now) {
    const existing = objects.get(object.name.toLowerCase());
    if (!existing) objects.set(object.name.toLowerCase(), object);
    else
      objects.set(object.name.toLowerCase(), {
        name: existing.name,
        declared: object.declared ?? existing.declared,
        fields: merged(existing.fields, object.fields),
        validationRules: merged(existing.validationRules, object.validationRules),
        records: merged(existing.records, object.records),
        parts: merged(existing.parts, object.parts),
      });
  }
  return [...objects.values()];
}

/** What is there already keeps its place. */
function merged<T extends Component>(before: readonly T[], now: readonly T[]): T[] {
  const all = new Map(before.map((component) => [componentKey(component), component]));
  for (const component of now) all.set(componentKey(component), component);
  return [...all.values()];
}
