import * as z from 'zod';

/** What this reads of a JSON schema, as zod writes it. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  minimum?: number;
  maximum?: number;
}

/** A shape that several results hold, by the name under which it is printed once. */
export interface NamedShape {
  name: string;
  schema: JsonSchema;
}

/** @param io whether what is sent or what arrives is meant: they differ where a key has a default */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io, unrepresentable: 'any' }) as JsonSchema;
}

/** A schema as a type that people read: TypeScript's notation, with `int` for whole numbers. */
export function notation(schema: JsonSchema, shapes: readonly NamedShape[] = []): string {
  const shape = shapes.find((known) => includes(schema, known.schema));
  if (shape) {
    const beyond = without(schema, shape.schema);
    return Object.keys(beyond.properties ?? {}).length === 0 ? shape.name : `${shape.name} & ${notation(beyond, shapes)}`;
  }
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => notation({ ...schema, type }, shapes)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((part) => notation(part, shapes)).join(' | ');
  switch (schema.type) {
    case 'array': {
      const item = notation(schema.items ?? {}, shapes);
      return /[|&]/.test(item.replace(/\{.*\}/s, '{}')) ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return objectNotation(schema, shapes);
    case 'integer':
      return 'int';
    case undefined:
      return 'unknown';
    default:
      return schema.type;
  }
}

/** Keys of an object, one a line, each with what is said of it. */
export function keyLines(schema: JsonSchema, shapes: readonly NamedShape[]): string[] {
  return Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const comment = property.description === undefined ? '' : ` // ${property.description}`;
    return `  ${key}${isRequired(schema, key) ? '' : '?'}: ${notation(property, shapes)};${comment}`;
  });
}

function objectNotation(schema: JsonSchema, shapes: readonly NamedShape[]): string {
  if (!schema.properties) {
    const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
    return `{ [key: string]: ${notation(values, shapes)} }`;
  }
  const keys = Object.entries(schema.properties).map(
    ([key, property]) => `${key}${isRequired(schema, key) ? '' : '?'}: ${notation(property, shapes)}`,
  );
  return `{ ${keys.join('; ')} }`;
}

function isRequired(schema: JsonSchema, key: string): boolean {
  return schema.required?.includes(key) === true;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

/** Whether an object has every key of the shape, each as the shape has it. */
function includes(schema: JsonSchema, shape: JsonSchema): boolean {
  if (schema.type !== 'object' || !schema.properties) return false;
  return Object.entries(shape.properties ?? {}).every(
    ([key, property]) =>
      JSON.stringify(schema.properties?.[key]) === JSON.stringify(property) && isRequired(schema, key) === isRequired(shape, key),
  );
}

function without(schema: JsonSchema, shape: JsonSchema): JsonSchema {
  const kept = Object.entries(schema.properties ?? {}).filter(([key]) => !Object.hasOwn(shape.properties ?? {}, key));
  return { ...schema, properties: Object.fromEntries(kept) };
}
