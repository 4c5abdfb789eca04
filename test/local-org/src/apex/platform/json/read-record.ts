import { NotSupported } from '../../../errors.ts';
import { T, type ApexType } from '../../types.ts';
import type { ObjectDef } from '../../../schema/types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { typeOfField } from '../../values/convert.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Runtime } from '../types.ts';
import type { JsonNode } from './parse-json.ts';
import { itemsOf, membersOf, readTyped } from './read-json.ts';

/** A record out of JSON: fields by name, parents as objects, children as `{"records": […]}`. */
export function readRecord(runtime: Runtime, node: JsonNode, type: ApexType, strict: boolean): SObjectValue {
  const members = membersOf(runtime, node);
  const object = objectOf(runtime, members, type);
  const record = new SObjectValue(object);
  for (const [name, value] of members) if (name !== 'attributes') readMember(runtime, record, name, value, strict);
  return record;
}

function objectOf(runtime: Runtime, members: ReadonlyMap<string, JsonNode>, type: ApexType): ObjectDef {
  const attributes = members.get('attributes');
  const typeNode = attributes?.kind === 'object' ? attributes.members.get('type') : undefined;
  const name = type === T.SObject ? (typeNode?.kind === 'string' ? typeNode.text : null) : type.name;
  if (name === null) return runtime.throwApex('JSONException', 'Expected an SObject type in attributes');
  const object = runtime.tx.schema.object(name);
  if (object.kind === 'known') return object.def;
  if (object.kind === 'unsupported') throw new NotSupported(`the object ${name}`, runtime.location());
  return runtime.throwApex('JSONException', `sObject type '${name}' is not supported.`);
}

function readMember(runtime: Runtime, record: SObjectValue, name: string, node: JsonNode, strict: boolean): void {
  const { schema } = runtime.tx;
  const field = schema.field(record.object, name);
  if (field.kind === 'known') {
    record.fields.set(field.def.name, readTyped(runtime, node, typeOfField(field.def), strict));
    return;
  }
  const parent = schema.parentRelationship(record.object, name);
  if (parent.kind === 'known') {
    const target = parent.def.referenceTo.length === 1 ? parent.def.referenceTo[0] : undefined;
    const type = target === undefined ? T.SObject : T.sobject(target);
    record.parents.set(parent.def.relationshipName ?? name, node.kind === 'null' ? null : readRecord(runtime, node, type, strict));
    return;
  }
  const child = schema.childRelationship(record.object, name);
  if (child.kind === 'known') {
    const type = T.sobject(child.def.childObject);
    const records = node.kind === 'object' ? node.members.get('records') : undefined;
    const items: ApexValue[] = records ? itemsOf(runtime, records).map((item) => readRecord(runtime, item, type, strict)) : [];
    record.children.set(child.def.relationshipName, new ApexList(type, items));
    return;
  }
  if ([field, parent, child].some((found) => found.kind === 'unsupported'))
    throw new NotSupported(`${record.object.name}.${name}`, runtime.location());
  runtime.throwApex('JSONException', `No such column '${name}' on sobject of type ${record.object.name}`);
}
