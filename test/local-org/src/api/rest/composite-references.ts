/** `@{ref.field}` that names no earlier subrequest, one that failed, or nothing in its answer. */
export class UnresolvedReference extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnresolvedReference';
  }
}

/**
 * Puts values of earlier answers in place of `@{referenceId.path[0].name}`.
 * @param bodies the answers' bodies by reference id; undefined where the subrequest failed
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 */
export function substituteReferences(text: string, bodies: ReadonlyMap<string, unknown>): string {
  return text.replace(/@\{([^}]*)\}/g, (_whole, reference: string) => String(valueOf(reference, bodies)));
}

function valueOf(reference: string, bodies: ReadonlyMap<string, unknown>): string | number | boolean {
  const match = /^(\w+)\.(.+)$/.exec(reference);
  const [, id = '', path = ''] = match ?? [];
  if (!match || !bodies.has(id))
    throw new UnresolvedReference(`Invalid reference specified. No subrequest has the referenceId ${id || reference}`);
  let value: unknown = bodies.get(id);
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) value = member(value, step);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new UnresolvedReference(`Invalid reference specified. No value for ${reference} found in ${id}`);
}

function member(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
}
