import * as z from 'zod';
import { ContractError } from '../errors.ts';
import { compositeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest, NamedQuery, NamedRecord } from '../salesforce/api-request.ts';
import { isoInstant } from '../salesforce/field-value.ts';
import type { SalesforceRecord } from '../salesforce/gateway.ts';
import type { Answers } from '../salesforce/look-up.ts';
import { fitsObject, toLongId } from '../salesforce/record-id.ts';
import { equals, selectSoql } from '../salesforce/soql-builder.ts';
import { cleanText, maxFieldLength, maxResultLength } from '../untrusted-text.ts';
import { recordId, resultMeta } from './shared-schemas.ts';
import type { SummaryFields } from './summaries/read-summary.ts';
import type { ToolContext } from './tool.ts';

/** What is read by its id, and how people call it. */
export interface RecordKind {
  objectType: string;
  /** `an account`. */
  noun: string;
  /** The first three characters of its ids. */
  keyPrefix: string;
  /** Of the summary. Names of parents (`Owner.Name`) are asked for beside the record. */
  fields: SummaryFields;
}

/** Schema part: the id of a record of one object. */
export function idOf({ objectType, noun, keyPrefix }: Pick<RecordKind, 'objectType' | 'noun' | 'keyPrefix'>) {
  return recordId(`${objectType} id, 15 or 18 characters`).refine(
    (id) => fitsObject(id, objectType),
    `is not the id of ${noun}: those start with ${keyPrefix}`,
  );
}

/** Schema part: with or without the fields that no summary holds. */
export function detail() {
  return z.enum(['full', 'summary'], 'must be full or summary').default('full').describe('full or summary');
}

/** What stands beside the summary in an answer with one record. */
export const besideSummary = () => ({
  fields: z.record(z.string(), z.unknown()).optional().describe('Other filled fields by API name'),
  url: z.string(),
  truncated: z.boolean().optional().describe('true when fields were left out for length'),
  meta: resultMeta().optional(),
});

export interface RecordAnswer {
  /** With the parents whose names the summary shows; a name that cannot be read is null. */
  record: SalesforceRecord;
  /** To the queries that went with it. */
  answers: Answers;
  beside: { fields?: Record<string, unknown>; url: string; truncated?: true; meta?: { fields_not_visible: string[] } };
}

/** The one request that `readRecord` sends. */
export function planRecord(kind: RecordKind, id: string, context: ToolContext, queries: readonly NamedQuery[] = []): ApiRequest {
  const longId = toLongId(id);
  return compositeRequest(context.config.apiVersion, [recordOf(kind, longId), ...nameQueries(kind, longId), ...queries]);
}

/**
 * @param queries that go in the same request, each failing alone: five at most with those of the names
 * @throws ContractError NOT_FOUND for a record that this user does not see, whether it exists or not
 */
export async function readRecord(
  kind: RecordKind,
  args: { id: string; detail: string },
  context: ToolContext,
  queries: readonly NamedQuery[] = [],
): Promise<RecordAnswer> {
  const id = toLongId(args.id);
  const asked = [...nameQueries(kind, id), ...queries];
  const { record, answers } = await context.salesforce.recordWith(recordOf(kind, id), asked, context.signal);
  if (record instanceof ContractError) throw notFoundOr(record, kind, args.id);
  const own = ownFields(kind.fields);
  const hidden = own.filter((field) => !(field in record));
  const others = args.detail === 'full' ? otherFields(record, Object.values(kind.fields)) : undefined;
  return {
    record: { ...record, ...parents(kind, record, answers) },
    answers,
    beside: {
      ...(others ? { fields: others.fields } : {}),
      url: `${context.config.instanceUrl}/${id}`,
      ...(others?.truncated ? { truncated: true } : {}),
      ...(hidden.length === 0 ? {} : { meta: { fields_not_visible: hidden } }),
    },
  };
}

function recordOf({ objectType }: RecordKind, id: string): NamedRecord {
  return { ref: 'record', objectType, id };
}

/** One each, because one hidden relationship would take the others' names with it. */
function nameQueries({ objectType, fields }: RecordKind, id: string): NamedQuery[] {
  return Object.values(fields)
    .filter((path) => path.includes('.'))
    .map((path) => ({
      ref: relationOf(path).toLowerCase(),
      soql: selectSoql({ fields: [path], from: objectType, where: [equals('Id', id)], limit: 1 }),
    }));
}

function parents({ fields }: RecordKind, record: SalesforceRecord, answers: Answers): SalesforceRecord {
  const relations = Object.values(fields)
    .filter((path) => path.includes('.'))
    .map(relationOf);
  return Object.fromEntries(
    relations
      .filter((relation) => referenceOf(relation) in record)
      .map((relation) => {
        const answer = answers.get(relation.toLowerCase());
        return [relation, answer === undefined || answer instanceof ContractError ? null : (answer.records[0]?.[relation] ?? null)];
      }),
  );
}

/** The record's own fields that a summary rests on; for the name of a parent, the reference to it. */
function ownFields(fields: SummaryFields): string[] {
  return [...new Set(Object.values(fields).map((path) => (path.includes('.') ? referenceOf(relationOf(path)) : path)))];
}

function relationOf(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

function referenceOf(relation: string): string {
  return `${relation}Id`;
}

function notFoundOr(error: ContractError, { objectType }: RecordKind, id: string): ContractError {
  if (error.code !== 'NOT_FOUND') return error;
  return new ContractError(
    'NOT_FOUND',
    `${objectType} ${id} does not exist, is deleted, or is not visible to you. Check the id.`,
    error.details,
  );
}

/** What stands around summary and fields: names of parents, risk flags, notes, in characters. */
const usualRest = 4_000;

/** Filled fields that the summary does not hold, as far as they fit into an answer beside it; compounds are left to their parts. */
function otherFields(record: SalesforceRecord, inSummary: readonly string[]): { fields: Record<string, unknown>; truncated: boolean } {
  const shown = new Set<string>(['attributes', 'Id', 'Name', 'CurrencyIsoCode', ...inSummary]);
  const filled = Object.entries(record).filter(([, value]) => value !== null && typeof value !== 'object');
  const fields: Record<string, unknown> = {};
  const summary = filled.filter(([name]) => inSummary.includes(name));
  let length = summary.reduce((sum, [name, value]) => sum + lengthOf(name, shortened(value)), usualRest);
  for (const [name, value] of filled.filter(([name]) => !shown.has(name))) {
    const text = shortened(value);
    length += lengthOf(name, text);
    if (length > maxResultLength) return { fields, truncated: true };
    fields[name] = text;
  }
  return { fields, truncated: false };
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' ? cleanText(isoInstant(value), maxFieldLength) : value;
}

/** Of a key and its value in JSON. */
function lengthOf(name: string, value: unknown): number {
  return name.length + JSON.stringify(value).length + 4;
}
