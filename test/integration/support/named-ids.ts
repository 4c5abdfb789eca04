/**
 * The same JSON with ids, wherever they stand, replaced by what they are called: literals stay readable and do not depend
 * on the order in which records were made.
 */
export function withNames(value: unknown, names: Readonly<Record<string, string>>): unknown {
  let text = JSON.stringify(value);
  for (const [id, name] of Object.entries(names)) text = text.replaceAll(id, `<${name}>`);
  return JSON.parse(text);
}
