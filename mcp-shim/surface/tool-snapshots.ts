import { listTools } from '../src/server/tool-list.ts';
import type { catalogues } from '../src/tools/catalogue.ts';
import type { Tool } from '../src/tools/tool.ts';
import { jsonSchemaOf } from './schema-notation.ts';

/**
 * Each tool as clients see it, with the exact shape of its results, by the name of its file. A change of the surface shows as a
 * change of such a file.
 */
export function toolSnapshots({ required, host }: typeof catalogues): ReadonlyMap<string, string> {
  const snapshots = required.map((tool): [string, string] => {
    const alone = host.find(({ name }) => name === tool.name);
    const listed = snapshotOf(tool);
    const other = alone && snapshotOf(alone);
    const differs = other !== undefined && JSON.stringify(other) !== JSON.stringify(listed);
    return [`${tool.name}.json`, `${JSON.stringify({ ...listed, ...(differs ? { with_host_confirmation: other } : {}) }, undefined, 2)}\n`];
  });
  return new Map(snapshots);
}

function snapshotOf(tool: Tool): Record<string, unknown> {
  const [listed] = listTools([tool]);
  const { $schema: _dialect, ...exact } = jsonSchemaOf(tool.output()) as Record<string, unknown>;
  return { ...listed, exact_result: exact };
}
