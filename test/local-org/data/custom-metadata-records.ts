import { customMetadataValue } from '../src/metadata/custom-metadata-value.ts';
import type { CustomMetadataRecord, ObjectDef, Schema, Value } from '../src/schema/types.ts';
import { quoted } from '../src/store/columns.ts';
import type { Row, Store } from '../src/store/types.ts';
import { loadRecord, type Stamp } from './load-records.ts';

/** Brings the records of custom metadata types up to what is deployed; each keeps its id, and those that are gone are removed. */
export function saveCustomMetadata(store: Store, schema: Schema, stamp: Stamp): void {
  for (const type of schema.objects()) {
    removeOthers(store, type);
    for (const record of type.metadataRecords ?? []) {
      const row = rowOf(type, record);
      const [id] = store.findIds(type, 'DeveloperName', record.name);
      if (id === undefined) loadRecord(store, schema, type.name, Object.fromEntries(row), stamp);
      else store.update(type, id, row);
    }
  }
}

function removeOthers(store: Store, type: ObjectDef): void {
  if (type.metadataRecords === undefined) return;
  const names = new Set(type.metadataRecords.map(({ name }) => name.toLowerCase()));
  for (const [id, name] of store.select(`SELECT "Id", "DeveloperName" FROM ${quoted(type.name)}`, [])) {
    if (!names.has(String(name).toLowerCase())) store.remove(type, String(id));
  }
}

function rowOf(type: ObjectDef, { name, label, values }: CustomMetadataRecord): Row {
  const row: Row = new Map<string, Value>([
    ['DeveloperName', name],
    ['MasterLabel', label],
    ['Label', label],
    ['QualifiedApiName', name],
  ]);
  for (const field of type.fields.values()) {
    if (!field.custom) continue;
    const given = values.find((value) => value.field.toLowerCase() === field.name.toLowerCase());
    const read = customMetadataValue(field, given ?? { field: field.name, text: null, xsiType: null });
    if (read.message !== null) throw new Error(`${type.name}.${name}: ${read.message}`);
    row.set(field.name, read.value);
  }
  return row;
}
