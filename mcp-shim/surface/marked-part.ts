/**
 * Replaces what stands between `<!-- generated: <name> -->` and `<!-- /generated -->`.
 * @throws Error where the text has no such part
 */
export function replaceMarkedPart(text: string, name: string, content: string): string {
  const [opening, closing] = [`<!-- generated: ${name} -->`, '<!-- /generated -->'];
  const start = text.indexOf(opening);
  const end = text.indexOf(closing, start);
  if (start === -1 || end === -1) throw new Error(`there is no part between ${opening} and ${closing}`);
  return `${text.slice(0, start)}${opening}\n\n${content.trim()}\n\n${text.slice(end)}`;
}
