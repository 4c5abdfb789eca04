import * as z from 'zod';
import type { Tool, ToolAnnotations } from '../tools/tool.ts';

/** A tool as `tools/list` shows it. */
export interface ListedTool {
  name: string;
  title: string;
  description: string;
  inputSchema: JsonObject & { type: 'object' };
  outputSchema: JsonObject & { type: 'object' };
  annotations: ToolAnnotations;
}

type JsonObject = Record<string, unknown>;

/** Generates the list from the live schemas. Runs at build time only: building every schema would cost each start. */
export function listTools(tools: readonly Tool[]): ListedTool[] {
  return tools.map((tool) => ({
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool.input()),
    outputSchema: outputSchema(tool.output()),
    annotations: tool.annotations,
  }));
}

function inputSchema(schema: z.ZodObject): ListedTool['inputSchema'] {
  const listed = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonObject;
  delete listed['$schema'];
  return { ...listed, type: 'object' };
}

/**
 * Top-level keys with their kind only. Nothing is required, since a dry run carries `meta` alone, and no key is closed: clients
 * validate against this, and the server has checked the exact shape before.
 */
function outputSchema(schema: z.ZodObject): ListedTool['outputSchema'] {
  const { properties = {} } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonObject>;
  };
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries({ meta: {}, ...properties }).map(([name, property]) => [name, shallow(name, property)])),
  };
}

function shallow(name: string, property: JsonObject): JsonObject {
  const description = typeof property['description'] === 'string' ? { description: property['description'] } : {};
  if (name === 'meta') return { type: 'object' };
  if (property['type'] === 'array') return { type: 'array', ...itemsOf(property), ...description };
  if (typeof property['type'] === 'string') return { type: property['type'], ...description };
  return { ...requiredOf(property), ...description };
}

/** The kind of the items; what they hold is left to the exact shape. */
function itemsOf(property: JsonObject): JsonObject {
  const items = property['items'] as JsonObject | undefined;
  return typeof items?.['type'] === 'string' ? { items: { type: items['type'] } } : {};
}

/** An object or null, said without a union, on which clients differ: these keywords speak of objects only and let null pass. */
function requiredOf(property: JsonObject): JsonObject {
  const object = (property['anyOf'] as JsonObject[] | undefined)?.find(({ type }) => type === 'object');
  return object ? { required: object['required'] } : {};
}
