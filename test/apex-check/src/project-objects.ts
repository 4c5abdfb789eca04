import { basename, dirname } from 'node:path';
import type { Project } from './project.ts';
import type { QueryObject } from './standard-objects.ts';
import { readXml, textOf } from './xml.ts';

const SYSTEM_FIELDS =
  'id,name,ownerid,isdeleted,createddate,createdbyid,lastmodifieddate,lastmodifiedbyid,systemmodstamp,lastvieweddate,lastreferenceddate';

/** The standard objects, with the custom objects, fields and relationships of a project added. */
export function withProjectObjects(standard: ReadonlyMap<string, QueryObject>, project: Project): Map<string, QueryObject> {
  const objects = new Map<string, MutableObject>();
  for (const [key, object] of standard) {
    objects.set(key, { ...object, fields: new Set(object.fields), parents: new Map(object.parents), children: new Map(object.children) });
  }
  for (const file of project.files.filter((name) => name.endsWith('.object-meta.xml'))) {
    const name = basename(file, '.object-meta.xml');
    if (!objects.has(name.toLowerCase())) objects.set(name.toLowerCase(), emptyObject(name));
  }
  for (const file of project.files.filter((name) => name.endsWith('.field-meta.xml'))) addField(objects, file);
  return objects;
}

interface MutableObject extends QueryObject {
  readonly fields: Set<string>;
  readonly parents: Map<string, string>;
  readonly children: Map<string, string>;
}

function emptyObject(name: string): MutableObject {
  const parents = new Map([
    ['owner', 'name'],
    ['createdby', 'user'],
    ['lastmodifiedby', 'user'],
  ]);
  return { name, fields: new Set(SYSTEM_FIELDS.split(',')), parents, children: new Map() };
}

function addField(objects: Map<string, MutableObject>, file: string): void {
  const object = objects.get(basename(dirname(dirname(file))).toLowerCase());
  const name = basename(file, '.field-meta.xml');
  if (!object) return;
  object.fields.add(name.toLowerCase());
  const field = readXml(file);
  const target = textOf(field, 'referenceTo');
  if (!target) return;
  object.parents.set(name.toLowerCase().replace(/__c$/, '__r'), target.toLowerCase());
  const relationship = textOf(field, 'relationshipName');
  if (relationship) objects.get(target.toLowerCase())?.children.set(`${relationship.toLowerCase()}__r`, object.name.toLowerCase());
}
