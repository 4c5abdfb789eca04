import {
  base64,
  createdFields,
  datetime,
  deletedField,
  idField,
  int,
  modifiedFields,
  picklist,
  reference,
  stampField,
  text,
} from './fields.ts';
import type { StandardTable } from './table.ts';

/** What a file is linked to, as far as the local org has learned; the platform links to most objects. */
const LINKED_TO = ['Account', 'Case', 'Contact', 'Event', 'Lead', 'Opportunity', 'Task', 'User'] as const;

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentdocument.htm */
export const CONTENT_DOCUMENT: StandardTable = {
  name: 'ContentDocument',
  label: 'Content Document',
  labelPlural: 'Content Documents',
  keyPrefix: '069',
  sharingModel: 'ControlledByParent',
  createable: false,
  fields: [
    ...idField(),
    deletedField(),
    ...createdFields(),
    ...modifiedFields(),
    stampField(),
    text('Title', 255, { filled: true, nameField: true, write: 'none' }),
    text('FileType', 20, { write: 'none' }),
    text('FileExtension', 40, { write: 'none' }),
    int('ContentSize', 9, { write: 'none' }),
    reference('OwnerId', 'User', { filled: true, write: 'none' }),
  ],
};

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentdocumentlink.htm */
export const CONTENT_DOCUMENT_LINK: StandardTable = {
  name: 'ContentDocumentLink',
  label: 'Content Document Link',
  labelPlural: 'Content Document Link',
  keyPrefix: '06A',
  sharingModel: 'ControlledByParent',
  fields: [
    ...idField(),
    reference('LinkedEntityId', LINKED_TO, { label: 'Linked Entity ID', required: true, write: 'create' }),
    reference('ContentDocumentId', 'ContentDocument', { label: 'ContentDocument ID', required: true, write: 'create' }),
    deletedField(),
    stampField(),
    picklist('ShareType', ['V', 'C', 'I'], { restricted: true, required: true }),
    picklist('Visibility', ['AllUsers', 'InternalUsers', 'SharedUsers'], { restricted: true, filled: true }),
  ],
};

/**
 * A note: a document whose content is HTML. It exists only where enhanced notes are switched on, and its id is that of the
 * document.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentnote.htm
 */
export const CONTENT_NOTE: StandardTable = {
  name: 'ContentNote',
  label: 'Note',
  labelPlural: 'Notes',
  keyPrefix: '069',
  sharingModel: 'ControlledByParent',
  fields: [
    ...idField(),
    deletedField(),
    ...createdFields(),
    ...modifiedFields(),
    text('Title', 255, { required: true, nameField: true }),
    base64('Content'),
    int('ContentSize', 9, { write: 'none' }),
    datetime('ContentModifiedDate', { write: 'none' }),
    text('FileType', 20, { write: 'none' }),
    text('FileExtension', 40, { write: 'none' }),
    reference('OwnerId', 'User', { filled: true, write: 'none' }),
  ],
};

/** Fields of ContentNote that the platform has and the local org has not learned: the catalogue does not list the object. */
export const UNLEARNED_NOTE_FIELDS: ReadonlySet<string> = new Set([
  'isreadonly',
  'lastvieweddate',
  'latestcontentid',
  'latestpublishedversionid',
  'sharingprivacy',
  'textpreview',
]);
