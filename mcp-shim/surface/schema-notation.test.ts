import { expect, it } from 'vitest';
import * as z from 'zod';
import { jsonSchemaOf, keyLines, notation } from './schema-notation.ts';

const person = { name: 'Person', schema: jsonSchemaOf(z.strictObject({ id: z.string(), age: z.int().nullable().optional() })) };

it.each([
  [z.string(), 'string'],
  [z.int(), 'int'],
  [z.number().nullable(), 'number | null'],
  [z.literal(true), 'true'],
  [z.enum(['task', 'event']), "'task' | 'event'"],
  [z.unknown(), 'unknown'],
  [z.array(z.array(z.unknown())), 'unknown[][]'],
  [z.array(z.string().nullable()), '(string | null)[]'],
  [z.record(z.string(), z.int()), '{ [key: string]: int }'],
  [z.strictObject({ a: z.string(), b: z.boolean().optional() }), '{ a: string; b?: boolean }'],
  [z.array(z.strictObject({ a: z.string().nullable() })), '{ a: string | null }[]'],
])('case %#: %2$s', (schema, written) => {
  expect(notation(jsonSchemaOf(schema))).toBe(written);
});

it('calls a shape by its name, with what an object has beyond it', () => {
  const shape = z.strictObject({ id: z.string(), age: z.int().nullable().optional() });
  expect(notation(jsonSchemaOf(z.array(shape)), [person])).toBe('Person[]');
  expect(notation(jsonSchemaOf(z.array(shape.extend({ via: z.string() }))), [person])).toBe('(Person & { via: string })[]');
  expect(notation(jsonSchemaOf(shape.extend({ age: z.int() })), [person])).toBe('{ id: string; age: int }');
  expect(notation(jsonSchemaOf(shape.required()), [person])).toBe('{ id: string; age: int | null }');
});

it('one line a key, with what is said of it', () => {
  const schema = z.strictObject({ count: z.int().describe('All of them'), next: z.string().optional() });
  expect(keyLines(jsonSchemaOf(schema), [])).toEqual(['  count: int; // All of them', '  next?: string;']);
});
