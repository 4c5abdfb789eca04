import { resultMeta } from '../src/tools/shared-schemas.ts';
import { accountSummary } from '../src/tools/summaries/account-summary.ts';
import { activitySummary } from '../src/tools/summaries/activity-summary.ts';
import { caseSummary } from '../src/tools/summaries/case-summary.ts';
import { contactSummary } from '../src/tools/summaries/contact-summary.ts';
import { leadSummary } from '../src/tools/summaries/lead-summary.ts';
import { opportunitySummary } from '../src/tools/summaries/opportunity-summary.ts';
import { teamMember } from '../src/tools/summaries/team-member.ts';
import type { Tool } from '../src/tools/tool.ts';
import { previewOutput } from '../src/tools/write-output.ts';
import { jsonSchemaOf, keyLines } from './schema-notation.ts';
import type { NamedShape } from './schema-notation.ts';

/** The exact shapes of all results as a block of types: first those that several share, then one per tool. */
export function resultShapes(tools: readonly Tool[]): string {
  const shared = sharedShapes();
  const declarations = [
    ...shared.map(({ name, schema }) =>
      declaration(
        name,
        keyLines(
          schema,
          shared.filter((other) => other.name !== name),
        ),
      ),
    ),
    ...tools.map((tool) => resultOf(tool, shared)),
  ];
  return `\`\`\`ts\n${declarations.join('\n')}\n\`\`\``;
}

function sharedShapes(): NamedShape[] {
  const shapes = {
    Meta: resultMeta(),
    OpportunitySummary: opportunitySummary(),
    AccountSummary: accountSummary(),
    ContactSummary: contactSummary(),
    CaseSummary: caseSummary(),
    LeadSummary: leadSummary(),
    ActivitySummary: activitySummary(),
    TeamMember: teamMember(),
    Write: previewOutput({}),
  };
  return Object.entries(shapes).map(([name, schema]) => ({ name, schema: jsonSchemaOf(schema) }));
}

function resultOf(tool: Tool, shapes: readonly NamedShape[]): string {
  const schema = jsonSchemaOf(tool.output());
  const write = shapes.find(({ name }) => name === 'Write');
  const common = Object.keys(write?.schema.properties ?? {});
  if (!common.every((key) => Object.hasOwn(schema.properties ?? {}, key))) return declaration(tool.name, keyLines(schema, shapes));
  const own = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([key]) => !common.includes(key)));
  const lines = keyLines({ ...schema, properties: own }, shapes);
  return lines.length === 0 ? `type ${tool.name} = Write;` : declaration(tool.name, lines, 'Write & ');
}

function declaration(name: string, lines: readonly string[], before = ''): string {
  return `type ${name} = ${before}{\n${lines.join('\n')}\n};`;
}
