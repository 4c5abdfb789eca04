import { NotSupported } from '../../errors.ts';
import type { Value } from '../../schema/types.ts';
import { auditFields } from '../defaults.ts';
import { currentValue } from '../working-record.ts';
import type { DerivedRule } from './derived-rule.ts';
import { knownObject } from './set-up-rows.ts';

/** What a note may hold besides text: tags of simple formatting, and character references. */
const TAG = /<\/?(?:b|br|em|i|li|ol|p|s|strong|u|ul)\s*\/?>/gi;
const REFERENCE = /&(?:[a-z][a-z0-9]*|#\d+|#x[0-9a-f]+);/gi;
/** What is still there when those are taken away, and cannot be in a note. */
const UNESCAPED = /[<>&]/;

/**
 * With a note comes its document, of the same id, and the link by which its owner has it. A content that is not escaped is
 * refused: the platform does not save it either.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentnote.htm
 */
export const contentNote: DerivedRule = {
  objects: ['ContentNote'],
  beforeSave(record) {
    if (record.old !== null) throw new NotSupported('changing a ContentNote');
    const content = Buffer.from(String(currentValue(record, 'Content') ?? ''), 'base64');
    if (UNESCAPED.test(content.toString('utf8').replace(TAG, '').replace(REFERENCE, '')))
      throw new NotSupported('a ContentNote with HTML other than simple formatting, or with unescaped <, > or &');
    record.values.set('ContentSize', content.length);
    record.values.set('FileType', 'SNOTE');
    record.values.set('FileExtension', 'snote');
  },
  afterWrite(operation, { id, values }, tx) {
    if (operation !== 'insert' || id === null) throw new NotSupported(`${operation} of a ContentNote`);
    const document = knownObject(tx, 'ContentDocument');
    const shared = ['Title', 'FileType', 'FileExtension', 'ContentSize', 'OwnerId'].map((name): [string, Value] => [
      name,
      values.get(name) ?? null,
    ]);
    tx.store.insert(document, new Map<string, Value>([['Id', id], ...auditFields('create', document, tx), ...shared]));
    const link = knownObject(tx, 'ContentDocumentLink');
    tx.store.insert(
      link,
      new Map<string, Value>([
        ['Id', tx.store.nextId(link)],
        ...auditFields('create', link, tx),
        ['ContentDocumentId', id],
        ['LinkedEntityId', values.get('OwnerId') ?? null],
        ['ShareType', 'I'],
        ['Visibility', 'AllUsers'],
      ]),
    );
  },
};

/** A document is linked to a record once. */
export const contentDocumentLink: DerivedRule = {
  objects: ['ContentDocumentLink'],
  beforeSave(record, tx) {
    if (record.old !== null) return;
    const document = String(record.values.get('ContentDocumentId'));
    const entity = record.values.get('LinkedEntityId') ?? null;
    const links = tx.store.findIds(record.object, 'ContentDocumentId', document);
    if (!links.some((id) => tx.store.get(record.object, id)?.get('LinkedEntityId') === entity)) return;
    record.errors.push({
      statusCode: 'DUPLICATE_VALUE',
      message: `Document with ID: ${document} is already linked with the entity with ID: ${String(entity)}`,
      fields: ['LinkedEntityId'],
    });
  },
  afterWrite(operation) {
    if (operation !== 'insert' && operation !== 'update') throw new NotSupported(`${operation} of a ContentDocumentLink`);
  },
};

/** Documents come with notes alone; the note and its links go with the document. */
export const contentDocument: DerivedRule = {
  objects: ['ContentDocument'],
  beforeSave() {
    throw new NotSupported('changing a ContentDocument');
  },
  afterWrite(operation, { id }, tx) {
    if (operation !== 'delete' || id === null) throw new NotSupported(`${operation} of a ContentDocument`);
    tx.store.update(knownObject(tx, 'ContentNote'), id, new Map([['IsDeleted', true]]));
  },
};
