import { z } from 'zod';
import { USER_MODE } from '../../access/types.ts';
import { executeDml, type DmlRecord } from '../../dml/execute-dml.ts';
import type { DmlError } from '../../dml/types.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import type { RunningUser, Transaction } from '../../transaction/types.ts';
import { findObject } from './find-object.ts';
import { jsonToRow } from './json-to-row.ts';
import { isObject, jsonObject, type Operation } from './operation.ts';
import { withObjectAccess } from './record-dml.ts';
import { RestError } from './rest-error.ts';
import { schemaFor } from './visible-objects.ts';

const MAX_RECORDS = 200;
const MAX_OBJECTS = 5;
const MAX_DEPTH = 5;

const treeBody = z.strictObject({ records: z.array(z.record(z.string(), z.unknown())) });
const attributes = z.looseObject({ type: z.string().optional(), referenceId: z.string() });

/** One record of a tree, with its children still as JSON; a level of the tree is inserted in one statement for each object. */
interface Node {
  readonly referenceId: string;
  readonly object: ObjectDef;
  readonly json: Record<string, unknown>;
  readonly parent: { readonly node: Node; readonly field: string } | null;
  id: string | null;
}

interface Failure {
  readonly referenceId: string;
  readonly errors: readonly DmlError[];
}

/**
 * Creates records with their children, up to 200, all or none: what `sf data import tree` sends.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobject_tree.htm
 */
export const sobjectTree: Operation = {
  method: 'POST',
  path: '/composite/tree/:object',
  queryParameters: [],
  composite: 'not yet',
  run(request, org) {
    const schema = schemaFor(request.user, org);
    const body = treeBody.safeParse(jsonObject(request));
    if (!body.success) throw new RestError(400, 'JSON_PARSER_ERROR', 'The body of a tree is {"records": [...]}');
    const levels = readLevels(body.data.records, findObject(request, org), schema);
    const nodes = levels.flat();
    if (nodes.length === 0) throw new RestError(400, 'INVALID_INPUT', 'The request contains no records.');
    const duplicates = duplicatesIn(nodes);
    const failures = duplicates.length > 0 ? duplicates : insertAll(levels, schema, request.user, org);
    if (failures.length > 0) return { status: 400, body: { hasErrors: true, results: failures } };
    return { status: 201, body: { hasErrors: false, results: nodes.map(({ referenceId, id }) => ({ referenceId, id })) } };
  },
};

function readLevels(records: readonly Record<string, unknown>[], object: ObjectDef, schema: Schema): Node[][] {
  let level: Node[] = records.map((json) => nodeOf(json, object, null));
  const levels: Node[][] = [];
  while (level.length > 0) {
    levels.push(level);
    if (levels.length > MAX_DEPTH) throw new RestError(400, 'INVALID_INPUT', `Trees may not be deeper than ${MAX_DEPTH} levels.`);
    level = level.flatMap((node) => childrenOf(node, schema));
  }
  const all = levels.flat();
  if (all.length > MAX_RECORDS) throw new RestError(400, 'INVALID_INPUT', `The request may not contain more than ${MAX_RECORDS} records.`);
  if (new Set(all.map((node) => node.object)).size > MAX_OBJECTS)
    throw new RestError(400, 'INVALID_INPUT', `The request may not contain records of more than ${MAX_OBJECTS} objects.`);
  return levels;
}

function nodeOf(json: Record<string, unknown>, object: ObjectDef, parent: Node['parent']): Node {
  const given = attributes.safeParse(json['attributes']);
  if (!given.success) throw new RestError(400, 'INVALID_INPUT', 'Each record needs attributes with a type and a referenceId.');
  const { type, referenceId } = given.data;
  if (type !== undefined && type.toLowerCase() !== object.name.toLowerCase())
    throw new RestError(400, 'INVALID_INPUT', `The record ${referenceId} is a ${type}, and ${object.name} is asked for.`);
  return { referenceId, object, json, parent, id: null };
}

/** Child records stand under the name of their relationship, as `{"records": [...]}`. */
function childrenOf(node: Node, schema: Schema): Node[] {
  return Object.entries(node.json).flatMap(([name, value]) => {
    const found = name === 'attributes' || !isObject(value) ? undefined : schema.childRelationship(node.object, name);
    if (found?.kind !== 'known') return [];
    delete node.json[name];
    const target = schema.object(found.def.childObject);
    const children = treeBody.safeParse(value);
    if (target.kind !== 'known' || !children.success)
      throw new RestError(400, 'INVALID_INPUT', `The records of ${name} under ${node.referenceId} cannot be read.`);
    return children.data.records.map((json) => nodeOf(json, target.def, { node, field: found.def.field }));
  });
}

function duplicatesIn(nodes: readonly Node[]): Failure[] {
  const error = { statusCode: 'INVALID_INPUT', message: 'Duplicate ReferenceId provided in the request.', fields: [] };
  const ids = nodes.map(({ referenceId }) => referenceId);
  return ids.filter((id, index) => ids.indexOf(id) < index).map((referenceId) => ({ referenceId, errors: [error] }));
}

/** Level by level, so that parents have their ids; the first level with a failure undoes everything. */
function insertAll(levels: readonly Node[][], schema: Schema, user: RunningUser, org: LocalOrg): Failure[] {
  let failures: Failure[] = [];
  try {
    org.transaction(user, (tx) => {
      for (const level of levels) {
        for (const object of new Set(level.map((node) => node.object))) {
          failures.push(...insert(level.filter((node) => node.object === object), schema, tx, org)); // prettier-ignore
        }
        if (failures.length > 0) throw new RolledBack();
      }
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    failures = failures.filter(({ errors }) => errors.some(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK'));
  }
  return failures;
}

class RolledBack extends Error {}

function insert(nodes: readonly Node[], schema: Schema, tx: Transaction, org: LocalOrg): Failure[] {
  const records = nodes.map((node): DmlRecord => {
    const values = jsonToRow(schema, node.object, node.json);
    if (node.parent) values.set(node.parent.field, node.parent.node.id);
    return { object: node.object, id: null, values };
  });
  const options = { enforcement: USER_MODE, allOrNone: true, triggers: org.engine.triggers(tx) } as const;
  const results = withObjectAccess(() => executeDml('insert', records, options, tx));
  return nodes.flatMap((node, index) => {
    const result = results[index];
    node.id = result?.id ?? null;
    return result && !result.success ? [{ referenceId: node.referenceId, errors: result.errors }] : [];
  });
}
