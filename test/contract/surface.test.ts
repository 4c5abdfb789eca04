import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { errorCodes } from '../../mcp-shim/src/errors.ts';
import { listTools } from '../../mcp-shim/src/server/tool-list.ts';
import { connectShim } from '../../mcp-shim/src/testing/shim-client.ts';
import type { ShimClient } from '../../mcp-shim/src/testing/shim-client.ts';
import { catalogues, offeredTools } from '../../mcp-shim/src/tools/catalogue.ts';
import { toolSnapshots } from '../../mcp-shim/surface/tool-snapshots.ts';
import { sampleArguments } from './sample-arguments.ts';
import { unitTests } from './seed-document.ts';

/** What holds for every tool, whoever adds one. */

const root = join(import.meta.dirname, '../..');
const required = catalogues.required.map((tool) => ({ ...tool, listed: listTools([tool])[0] }));
const everyForm = [...new Set([...catalogues.required, ...catalogues.host])];
const listedForms = listTools(everyForm);
const namesOf = (tools: readonly { name: string }[]): string[] => tools.map(({ name }) => name);

const reads = [
  'get_account',
  'search_accounts',
  'get_contacts_for_account',
  'get_contact',
  'get_opportunity',
  'get_opportunities',
  'get_lead',
  'get_leads',
  'get_case',
  'get_recent_activities',
  'get_team_members',
  'query',
  'pipeline_by_stage',
  'stale_opps',
  'at_risk_commits',
  'get_pipeline_summary',
  'describe_object',
  'get_audit_trail',
  'check_connection',
  'pipeline_changes',
];
const previews = ['add_note', 'update_field', 'create_case', 'update_case', 'create_task', 'update_lead_status', 'revert_change'];

describe('which tools there are', () => {
  it('28: those of both documents, and none that deletes, changes in bulk or jumps a stage [revops-002, revops-022, revops-030]', () => {
    expect(namesOf(catalogues.required).sort()).toEqual([...reads, ...previews, 'confirm_write'].sort());
    expect(catalogues.required).toHaveLength(28);
    expect(namesOf(catalogues.required).filter((name) => /delete|remove|bulk|merge|upsert|close|advance|convert/.test(name))).toEqual([]);
  });

  it('with REVOPS_CONFIRMATION=host, the same without confirm_write, in the same order', () => {
    expect(namesOf(catalogues.host)).toEqual(namesOf(catalogues.required).filter((name) => name !== 'confirm_write'));
  });

  it.each(['required', 'host'] as const)('with REVOPS_READ_ONLY and %s, the reads alone', (confirmation) => {
    expect(namesOf(offeredTools({ readOnly: true, confirmation })).sort()).toEqual([...reads].sort());
  });
});

it('no list holds more than 200 rows [revops-034]', () => {
  const limits = listedForms.flatMap(({ inputSchema }) => {
    const { limit } = inputSchema['properties'] as { limit?: { minimum?: number; maximum?: number; default?: number } };
    return limit === undefined ? [] : [limit];
  });
  expect(limits.length).toBeGreaterThanOrEqual(8);
  expect(
    limits.filter(({ minimum, maximum = Infinity, default: usual = Infinity }) => minimum !== 1 || maximum > 200 || usual > maximum),
  ).toEqual([]);
});

it('every snapshot is of a tool', () => {
  expect(readdirSync(join(root, 'mcp-shim/surface/generated')).sort()).toEqual([...toolSnapshots(catalogues).keys()].sort());
});

describe('tokens (o200k)', () => {
  const tokensOf = (value: unknown): number => encode(JSON.stringify(value)).length;

  it.each(listedForms.map((tool) => [tool.name, tool] as const))('%s: at most 600', (_name, tool) => {
    expect(tokensOf(tool)).toBeLessThanOrEqual(600);
  });

  it.each(Object.entries(catalogues))('%s: at most 9,000 together', (_confirmation, tools) => {
    expect(tokensOf({ tools: listTools(tools) })).toBeLessThanOrEqual(9_000);
  });
});

describe.each(listedForms.map((tool) => [tool.name, tool] as const))('%s as it is listed', (_name, tool) => {
  it('says Salesforce at once, in a line that clients do not cut', () => {
    expect(tool.title).toContain('Salesforce');
    expect(tool.title.length).toBeLessThanOrEqual(64);
    expect(tool.description.split(/[.:] /)[0]).toContain('Salesforce');
    expect(tool.description.length).toBeLessThan(450);
    expect(tool.name).toMatch(/^[a-z][a-z_]{2,39}$/);
  });

  it('has all four annotations', () => {
    expect(Object.entries(tool.annotations).map(([hint, value]) => [hint, typeof value])).toEqual(
      expect.arrayContaining([
        ['readOnlyHint', 'boolean'],
        ['destructiveHint', 'boolean'],
        ['idempotentHint', 'boolean'],
        ['openWorldHint', 'boolean'],
      ]),
    );
    expect(Object.keys(tool.annotations)).toHaveLength(4);
  });

  it('has schemas that every client takes: no unions, references or lists of types, and none that says nothing', () => {
    const nodes = [...schemasIn(tool.inputSchema), ...schemasIn(tool.outputSchema)];
    const found = nodes.flatMap((schema) => Object.keys(schema));
    const heavy = ['oneOf', 'anyOf', 'allOf', 'not', 'if', '$ref', '$defs', 'definitions', '$schema', 'patternProperties', 'nullable'];
    expect(found.filter((key) => heavy.includes(key))).toEqual([]);
    expect(nodes.filter(({ type }) => type !== undefined && typeof type !== 'string')).toEqual([]);
    expect(nodes.filter((schema) => Object.keys(schema).every((key) => ['description', 'default'].includes(key)))).toEqual([]);
  });

  it('takes dry_run, and nothing that it does not know', () => {
    expect(tool.inputSchema['properties']).toMatchObject({ dry_run: { type: 'boolean' } });
    expect(tool.inputSchema['additionalProperties']).toBe(false);
  });

  it('leaves results open: a dry run has meta alone', () => {
    expect(tool.outputSchema).not.toHaveProperty('required');
    expect(schemasIn(tool.outputSchema).filter((schema) => 'additionalProperties' in schema)).toEqual([]);
  });
});

describe.each(required.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it('lists the keys that its results have, and no others', () => {
    const listed = Object.keys(tool.listed?.outputSchema['properties'] ?? {});
    expect(listed.sort()).toEqual([...new Set([...Object.keys(tool.output().shape), 'meta'])].sort());
  });

  it('stands in its snapshot as it is (npm run generate writes it, a reviewer reads it)', () => {
    const file = join(root, 'mcp-shim/surface/generated', `${name}.json`);
    expect(readFileSync(file, 'utf8')).toBe(toolSnapshots(catalogues).get(`${name}.json`));
  });

  it('has a unit test, and an integration test that calls it', () => {
    expect(existsSync(join(root, unitTests(name)))).toBe(true);
    expect(readFileSync(join(root, unitTests(name)), 'utf8')).toContain(`'${name}'`);
    const suites = globSync('test/integration/*.test.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
    const calls = new RegExp(`\\w+\\((?:\\w+, )?'${name}'[,)]`);
    expect(suites.some((source) => calls.test(source))).toBe(true);
  });
});

describe('through a client, without an org', () => {
  let shim: ShimClient;
  beforeAll(async () => {
    // Nobody listens there: whatever is sent would fail.
    shim = await connectShim('http://127.0.0.1:9');
  });
  afterAll(() => shim.close());
  const names = namesOf(catalogues.required);

  it('the list is the generated one, in its order', async () => {
    const { tools } = await shim.client.listTools();
    expect(tools).toEqual(listTools(catalogues.required));
  });

  test.each(names.filter((name) => name !== 'confirm_write'))('%s: dry_run shows requests and sends none [revops-046]', async (name) => {
    const answer = await shim.call(name, { ...sampleArguments(name), dry_run: true });
    const shown = z.strictObject({
      meta: z.looseObject({
        dry_run: z
          .array(
            z.strictObject({ method: z.enum(['GET', 'POST']), path: z.string().startsWith('/services/'), body: z.unknown().optional() }),
          )
          .min(1),
      }),
    });
    expect(shown.safeParse(answer).error).toBeUndefined();
  });

  test.each(names)('%s: null for what is optional counts as absent', async (name) => {
    const { properties = {}, required: needed = [] } = listTools(catalogues.required).find((tool) => tool.name === name)?.inputSchema as {
      properties?: object;
      required?: string[];
    };
    const given = sampleArguments(name);
    const optional = Object.keys(properties).filter((key) => !needed.includes(key) && !(key in given) && key !== 'dry_run');
    const nulls = Object.fromEntries(optional.map((key) => [key, null]));
    const args = { ...given, dry_run: true };
    const withoutIds = (answer: unknown): string => JSON.stringify(answer).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<request>');
    expect(withoutIds(await shim.call(name, { ...args, ...nulls }))).toEqual(withoutIds(await shim.call(name, args)));
  });

  const failure = z.strictObject({
    error: z.strictObject({
      code: z.enum(errorCodes),
      message: z.string().min(1),
      details: z.looseObject({ cause: z.literal('INVALID_ARGUMENTS'), fields: z.array(z.string()) }),
    }),
  });

  test.each(names)('%s: what it does not take is refused in the one shape of errors [crm-098]', async (name) => {
    const answer = await shim.call(name, { ...sampleArguments(name), no_such_argument: 1 });
    const { error } = failure.parse(answer);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { fields: ['no_such_argument'] } });
    expect(error.message).toContain('unknown argument "no_such_argument"');
  });

  test.each(names)('%s: an argument that is missing, of the wrong type or endless is refused, and named', async (name) => {
    const given = sampleArguments(name);
    const { required: needed = [], properties = {} } = listTools(catalogues.required).find((tool) => tool.name === name)?.inputSchema as {
      required?: string[];
      properties?: Record<string, { type?: string }>;
    };
    const wrong: [field: string, value: unknown][] = [
      ...needed.map((field): [string, unknown] => [field, undefined]),
      ...needed.filter((field) => field !== 'new_value').map((field): [string, unknown] => [field, null]),
      ...Object.keys(properties).flatMap((field): [string, unknown][] => [
        [field, { not: 'this' }],
        [field, ['nor this']],
      ]),
      ...Object.entries(properties).flatMap(([field, { type }]): [string, unknown][] =>
        type === 'string'
          ? [
              [field, 7],
              [field, 'x'.repeat(200_000)],
            ]
          : type === undefined
            ? []
            : [[field, 'yes']],
      ),
    ];
    for (const [field, value] of wrong) {
      const { error } = failure.parse(await shim.call(name, { ...given, [field]: value }));
      expect([field, value, error.code, error.details['fields']]).toEqual([field, value, 'INVALID_INPUT', [field]]);
    }
  });
});

type Schema = Record<string, unknown>;

/** A schema and all that it holds. */
function schemasIn(schema: Schema): Schema[] {
  const inner = [...Object.values((schema['properties'] ?? {}) as Record<string, Schema>), schema['items'], schema['additionalProperties']];
  return [schema, ...inner.filter((part) => typeof part === 'object' && part !== null).flatMap((part) => schemasIn(part as Schema))];
}
