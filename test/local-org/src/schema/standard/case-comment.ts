import { bool, longText, reference, systemFields } from './fields.ts';
import type { StandardTable } from './table.ts';

/**
 * CommentBody holds 4,000 bytes; counted in characters here.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_casecomment.htm
 */
export const CASE_COMMENT: StandardTable = {
  name: 'CaseComment',
  label: 'Case Comment',
  labelPlural: 'Case Comments',
  keyPrefix: '00a',
  sharingModel: 'ControlledByParent',
  fields: [
    ...systemFields(),
    reference('ParentId', 'Case', { required: true, write: 'create', children: 'CaseComments' }),
    bool('IsPublished'),
    longText('CommentBody', 4000, { label: 'Body' }),
  ],
};
