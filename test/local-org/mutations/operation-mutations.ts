import { CLASSES, SERVICE, RECORDS, REPLAY } from './mutation.ts';
import type { Mutation } from './mutation.ts';

/** Defects in what single operations do. */
export const OPERATION_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a converted lead is given another status',
    file: `${CLASSES}/write/UpdateLeadStatusOperation.cls`,
    from: 'return (Boolean) record.get(IS_CONVERTED)',
    to: 'return record == null',
  },
  {
    name: 'a lead is given a converted status',
    file: `${CLASSES}/write/UpdateLeadStatusOperation.cls`,
    from: 'if (!converting.isEmpty()) {',
    to: 'if (converting == null) {',
  },
  {
    name: 'a task for a lead is related to another record',
    file: `${CLASSES}/write/CreateTaskOperation.cls`,
    from: 'if (isRelated && isForLead) {',
    to: 'if (isRelated == null) {',
  },
  {
    name: 'a created case is answered without its number',
    file: `${CLASSES}/write/CreateCaseOperation.cls`,
    from: "'case_number' => plan.recordLabel",
    to: "'case_number' => null",
  },
  {
    name: 'a created record is written a second time',
    file: SERVICE,
    from: 'if (recordsFirst || plan.isAlreadySo()) {',
    to: 'if (plan.isAlreadySo()) {',
  },
  {
    name: 'a refused creation names the record that was undone',
    file: `${CLASSES}/write/WritePlan.cls`,
    from: 'target = target.withRecord(null);',
    to: '',
  },
  {
    name: 'a user who may only edit an object creates records of it',
    file: `${CLASSES}/write/FieldChange.cls`,
    from: '? target.isCreateable() && field.isCreateable()',
    to: '? field.isAccessible()',
  },
  {
    name: 'a default is set that the org does not have',
    file: `${CLASSES}/write/TargetObject.cls`,
    from: 'ValueConverter.activeValues(described).contains(value)',
    to: 'value != null',
  },
  {
    name: 'assignment rules are used unasked',
    file: `${CLASSES}/write/CreateCaseOperation.cls`,
    from: 'WriteSettings.current().useAssignmentRules ? plan.assignedByRule() : plan',
    to: 'plan.assignedByRule()',
  },
  {
    name: 'assignment rules are never used',
    file: `${CLASSES}/write/WritePlan.cls`,
    from: 'if (isAssignedByRule) {',
    to: 'if (isAssignedByRule == null) {',
  },
  {
    name: 'who only reads a record attaches a note to it',
    file: SERVICE,
    from: 'Boolean isAsked = plan.setsFields() &&',
    to: 'Boolean isAsked = !plan.isAlreadySo() &&',
  },
  {
    name: 'a case is updated for the sake of a comment',
    file: SERVICE,
    from: 'if (plan.setsFields()) {',
    to: 'if (!plan.isAlreadySo()) {',
  },
  {
    name: 'an expected comment is ignored',
    file: `${CLASSES}/write/AddedText.cls`,
    from: 'throw WriteException.invalidInput(',
    to: 'WriteException.invalidInput(',
  },
  {
    name: 'a previewed note is answered with its id',
    file: `${CLASSES}/write/AddedText.cls`,
    from: 'addedId = null;',
    to: '',
  },
  {
    name: 'a note is stored as HTML',
    file: `${CLASSES}/write/AddedNote.cls`,
    from: '.escapeHtml4()',
    to: '',
  },
  {
    name: 'a note loses its line breaks',
    file: `${CLASSES}/write/AddedNote.cls`,
    from: ".replace('\\n', '<br>')",
    to: '',
  },
  {
    name: 'a title is cut within a character',
    file: `${CLASSES}/write/AddedNote.cls`,
    from: '> 65535',
    to: '> 1114111',
  },
  {
    name: 'a note is shown to customers',
    file: `${CLASSES}/write/NoteRecords.cls`,
    from: "Visibility = 'InternalUsers'",
    to: "Visibility = 'AllUsers'",
  },
  {
    name: 'a note is created in system mode whatever user mode says',
    file: `${CLASSES}/write/NoteRecords.cls`,
    from: 'if (!isRefusedType(e)) {',
    to: 'if (e == null) {',
  },
  {
    name: 'a comment is shown to the customer',
    file: `${CLASSES}/write/AddedComment.cls`,
    from: 'IsPublished = false',
    to: 'IsPublished = true',
  },
  {
    name: 'a comment is measured in characters',
    file: `${CLASSES}/write/AddedComment.cls`,
    from: 'Blob.valueOf(text).size()',
    to: 'text.length()',
  },
  {
    name: 'what was made of a comment is not noticed',
    file: `${CLASSES}/write/AddedComment.cls`,
    from: 'stored == null ? requested : stored.get(BODY)',
    to: 'requested',
  },
  {
    name: 'update_case takes nothing to change',
    file: `${CLASSES}/write/UpdateCaseOperation.cls`,
    from: 'if (changes.isEmpty()) {',
    to: 'if (changes == null) {',
  },
  {
    name: 'update_case tells what was already so',
    file: `${CLASSES}/write/UpdateCaseOperation.cls`,
    from: 'if (change.isChanged()) {',
    to: 'if (change != null) {',
  },
  {
    name: 'a replay leaves out notes and comments',
    file: REPLAY,
    from: 'AddedText.isNamed(row.Field_Name__c) && isVisible',
    to: 'row.Field_Name__c == null',
  },
  {
    name: 'a replay shows a note to who no longer sees the object',
    file: REPLAY,
    from: 'AddedText.isNamed(row.Field_Name__c) && isVisible',
    to: 'AddedText.isNamed(row.Field_Name__c)',
  },
  {
    name: 'whoever sees a record may add to it',
    file: RECORDS,
    from: '!access.isEmpty() && access[0].HasEditAccess',
    to: '!access.isEmpty()',
  },
  {
    name: 'where user mode refuses notes there are none',
    file: `${CLASSES}/write/NoteRecords.cls`,
    from: 'insert as system record;',
    to: '',
  },
];
