import type { Tool } from '../src/tools/tool.ts';
import { jsonSchemaOf, notation } from './schema-notation.ts';
import type { JsonSchema } from './schema-notation.ts';

/** The tools as a Markdown table: what each does, and what it takes. */
export function toolTable(tools: readonly Tool[]): string {
  const rows = tools.map((tool) => [`\`${tool.name}\``, kindOf(tool), purposeOf(tool), argumentsOf(tool)]);
  return [['tool', 'kind', 'does', 'takes'], ['-', '-', '-', '-'], ...rows]
    .map((cells) => `| ${cells.map(escaped).join(' | ')} |`)
    .join('\n');
}

function kindOf({ annotations }: Tool): string {
  if (annotations.readOnlyHint) return 'read';
  return annotations.destructiveHint ? 'commit' : 'preview';
}

/** The first sentence of the description, without what stands in parentheses. */
function purposeOf({ description }: Tool): string {
  const [sentence = ''] = description.split(/(?<=\.) /);
  return sentence.replace(/ \([^)]*\)/g, '').replace(/\.$/, '');
}

/** Required ones in bold; the others with their bounds or values, and what holds when they are left out. */
function argumentsOf(tool: Tool): string {
  const { properties = {}, required = [] } = jsonSchemaOf(tool.input());
  return Object.entries(properties)
    .filter(([name]) => name !== 'dry_run')
    .map(([name, property]) => (required.includes(name) ? `**\`${name}\`**` : `\`${name}\``) + remark(property))
    .join(', ');
}

function remark(property: JsonSchema): string {
  const values = property.enum ? notation(property).replaceAll("'", '').replaceAll(' | ', ', ') : boundsOf(property);
  const usual = property.default === undefined ? '' : `default ${notation({ const: property.default }).replaceAll("'", '')}`;
  const parts = [values, usual].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function boundsOf({ minimum, maximum }: JsonSchema): string {
  return minimum === undefined || maximum === undefined ? '' : `${minimum}–${maximum}`;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
