/** A defect planted in the Apex of force-app, which a test must notice. */
export interface Mutation {
  readonly name: string;
  /** Relative to the project's folder. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** `race`: no single request can show it; a rival in the middle of one does. Default: the Apex tests. */
  readonly shownBy?: 'race';
}

const CLASSES = 'force-app/main/default/classes';
const SERVICE = `${CLASSES}/write/WriteService.cls`;
const CONVERTER = `${CLASSES}/write/ValueConverter.cls`;
const RECORDS = `${CLASSES}/write/TargetRecords.cls`;
const ROWS = `${CLASSES}/audit/AuditRows.cls`;
const STORE = `${CLASSES}/audit/AuditStore.cls`;
const GUARD = `${CLASSES}/audit/AuditGuard.cls`;
const CHAIN = `${CLASSES}/audit/AuditChain.cls`;
const REVIEW = `${CLASSES}/audit/AuditReview.cls`;
const REPLAY = `${CLASSES}/write/Replay.cls`;
const ERRORS = `${CLASSES}/write/WriteErrors.cls`;
const ACTION = `${CLASSES}/action/RevOpsWriteAction.cls`;
const ROOM = `${CLASSES}/action/GovernorRoom.cls`;

/** What `npm run mutate` plants, one after the other. Each breaks one promise of the write service. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a failed write is not rolled back',
    file: SERVICE,
    from: 'Database.rollback(beforeWrite);\n            plan.forgetCreated();',
    to: 'plan.forgetCreated();',
  },
  {
    name: 'a preview is kept',
    file: SERVICE,
    from: 'Database.rollback(beforeWrite);\n        plan.forgetCreated();',
    to: 'plan.forgetCreated();',
  },
  { name: 'the audit row is not inserted', file: STORE, from: 'insert as system rows;', to: '' },
  { name: 'the audit row is not completed', file: SERVICE, from: 'store.complete(rows);', to: '' },
  {
    name: 'a row says that the value changed where it did not',
    file: ROWS,
    from: 'Changed__c = false,\n            Failed__c = false,\n            Justification__c = request',
    to: 'Changed__c = true,\n            Failed__c = false,\n            Justification__c = request',
  },
  {
    name: 'the failure row is not written',
    file: ERRORS,
    from: 'when WRITE_REJECTED, PERMISSION_DENIED, POLICY_DENIED, CONFLICT, INTERNAL {\n                return true;',
    to: 'when WRITE_REJECTED, PERMISSION_DENIED, POLICY_DENIED, CONFLICT, INTERNAL {\n                return false;',
  },
  {
    name: 'the expected value is ignored',
    file: `${CLASSES}/write/FieldChange.cls`,
    from: 'return hasExpectation && !FieldValues.same(field.getType(), expected, oldValue);',
    to: 'return false;',
  },
  {
    name: 'a value that is already so is written again',
    file: `${CLASSES}/write/FieldChange.cls`,
    from: 'return FieldValues.same(field.getType(), requested, oldValue);',
    to: 'return false;',
  },
  {
    name: 'a value that is already so needs no access to the record',
    file: SERVICE,
    from: 'if (!isAsked && !records.mayEdit(plan.target)) {',
    to: 'if (isAsked == null) {',
  },
  {
    name: 'a preview that tries nothing needs no access to the record',
    file: SERVICE,
    from: 'plan.setsFields() && (!request.isPreview || WriteSettings.current().previewEnabled)',
    to: 'plan.setsFields()',
  },
  { name: 'the change is made in system mode', file: RECORDS, from: 'update as user record;', to: 'update as system record;' },
  {
    name: 'the record is read in system mode',
    file: RECORDS,
    from: 'binds, AccessLevel.USER_MODE);',
    to: 'binds, AccessLevel.SYSTEM_MODE);',
  },
  {
    name: 'anybody may use the service',
    file: `${CLASSES}/write/ServiceAccess.cls`,
    from: 'if (!holdsPermission) {',
    to: 'if (holdsPermission == null) {',
  },
  {
    name: 'a field that may only be read passes where it is already so',
    file: `${CLASSES}/write/FieldChange.cls`,
    from: ': target.isUpdateable() && field.isUpdateable()',
    to: ': field.isAccessible()',
  },
  {
    name: 'an invisible field is told from one that does not exist',
    file: `${CLASSES}/write/TargetObject.cls`,
    from: 'if (described == null || !described.isAccessible()) {\n            throw WriteException.invalidInput(\n',
    to: 'if (described == null) {\n            throw WriteException.invalidInput(\n',
  },
  {
    name: 'side effects are not told',
    file: `${CLASSES}/write/SideEffects.cls`,
    from: 'if (!FieldValues.same(field.getType(), oldValue, newValue)) {',
    to: 'if (found == null) {',
  },
  {
    name: 'a row for any field overrules one for the field',
    file: `${CLASSES}/policy/WritePolicy.cls`,
    from: 'key(EVERYTHING, fieldName),\n            key(objectName, EVERYTHING),',
    to: 'key(objectName, EVERYTHING),\n            key(EVERYTHING, fieldName),',
  },
  {
    name: 'of two rows that tie, the last one decides',
    file: `${CLASSES}/policy/WritePolicy.cls`,
    from: 'decisions.containsKey(place) ? decisions.get(place).tiedWith(decision) : decision',
    to: 'decision',
  },
  {
    name: 'what no row names is allowed',
    file: `${CLASSES}/policy/WritePolicy.cls`,
    from: 'return PolicyDecision.denial(NO_ROW);',
    to: 'return new PolicyDecision(true, true, false, null);',
  },
  {
    name: 'a row opens a protected object',
    file: `${CLASSES}/policy/WritePolicy.cls`,
    from: 'ProtectedObjects.contains(objectName) ?',
    to: 'objectName == null ?',
  },
  {
    name: 'a row for any field opens lookups',
    file: `${CLASSES}/policy/WritePolicy.cls`,
    from: 'field.getType() == Schema.DisplayType.REFERENCE',
    to: 'field.getType() == Schema.DisplayType.ANYTYPE',
  },
  {
    name: 'the policy is not asked',
    file: `${CLASSES}/policy/WriteGate.cls`,
    from: 'if (!decision.isAllowed) {',
    to: 'if (decision == null) {',
  },
  {
    name: 'the switch for all writes does nothing',
    file: `${CLASSES}/policy/WriteGate.cls`,
    from: 'if (!settings.writesEnabled) {',
    to: 'if (settings.writesEnabled == null) {',
  },
  {
    name: 'writes are on where the settings are missing',
    file: `${CLASSES}/policy/WriteSettings.cls`,
    from: 'arePresent && stored.Writes_Enabled__c == true',
    to: '!arePresent || stored.Writes_Enabled__c == true',
  },
  {
    name: 'the quota lets one more request pass',
    file: `${CLASSES}/policy/WriteQuota.cls`,
    from: 'return committed >= maximum || failed >= maximum;',
    to: 'return committed > maximum || failed >= maximum;',
  },
  {
    name: 'refused requests are not bounded',
    file: `${CLASSES}/policy/WriteQuota.cls`,
    from: 'return committed >= maximum || failed >= maximum;',
    to: 'return committed >= maximum;',
  },
  {
    name: 'the quota is shared by all users',
    file: `${CLASSES}/policy/WriteQuota.cls`,
    from: 'WHERE Performed_By_Id__c = :userId AND Ordinal__c = 0',
    to: 'WHERE Ordinal__c = 0',
  },
  {
    name: 'audit rows keep values that they must not',
    file: `${CLASSES}/policy/KeptValues.cls`,
    from: 'policy.decide(objectName, fieldName).storesValues',
    to: 'policy != null',
  },
  { name: 'the record is read without its lock', file: RECORDS, from: "' FOR UPDATE'", to: "''", shownBy: 'race' },
  {
    name: 'the record is read first and locked afterwards',
    file: RECORDS,
    from: "return find(target, fieldNames, ' FOR UPDATE');",
    to: "SObject record = find(target, fieldNames, '');\n        find(target, fieldNames, ' FOR UPDATE');\n        return record;",
    shownBy: 'race',
  },
  {
    name: 'a lock that is not to be had counts as unforeseen',
    file: ERRORS,
    from: 'if (isLock(cause.getMessage())) {',
    to: 'if (cause == null) {',
  },
  {
    name: 'the answer shows the stack trace',
    file: ERRORS,
    from: 'text = text.substringBefore(marker);',
    to: 'text = text;',
  },
  {
    name: 'a text passes for a number',
    file: CONVERTER,
    from: 'if (!FieldValues.isNumber(jsonValue)) {',
    to: 'if (jsonValue instanceof String) { return Decimal.valueOf((String) jsonValue); }\n        if (!FieldValues.isNumber(jsonValue)) {',
  },
  {
    name: 'a text passes for a boolean',
    file: CONVERTER,
    from: 'if (jsonValue != null && !(jsonValue instanceof Boolean)) {',
    to: 'if (jsonValue instanceof String) { return Boolean.valueOf((String) jsonValue); }\n        if (jsonValue != null && !(jsonValue instanceof Boolean)) {',
  },
  {
    name: 'a number is rounded to its field',
    file: CONVERTER,
    from: 'digits > wholeDigits || value != value.setScale(decimals, System.RoundingMode.DOWN)',
    to: 'digits > wholeDigits',
  },
  { name: 'a picklist takes any value', file: CONVERTER, from: 'if (!known.contains(choice)) {', to: 'if (known.isEmpty()) {' },
  {
    name: 'a text is cut to its field',
    file: CONVERTER,
    from: 'if (value.length() > field.getLength()) {',
    to: 'if (value.length() < 0) {',
  },
  {
    name: 'a request is carried out a second time',
    file: SERVICE,
    from: 'return rows.isEmpty() ? null : Replay.answer(request, rows);',
    to: 'return null;',
  },
  {
    name: 'a twin that committed before the lock is not looked for',
    file: SERVICE,
    from: 'WriteOutcome meanwhile = earlierAnswer(request);',
    to: 'WriteOutcome meanwhile = null;',
  },
  { name: 'a twin that took the key counts as a broken audit', file: SERVICE, from: 'AuditStore.isTwin(e) ?', to: 'e == null ?' },
  {
    name: 'a request id may be used for something else',
    file: REPLAY,
    from: 'if (rows[0].Request_Hash__c != RequestIdentity.hashOf(request)) {',
    to: 'if (request == null) {',
  },
  {
    name: 'the hash of a request leaves out what was asked for',
    file: `${CLASSES}/write/RequestIdentity.cls`,
    from: "'input' => request.input,",
    to: '',
  },
  {
    name: 'a number written in another form is another request',
    file: `${CLASSES}/write/CanonicalJson.cls`,
    from: 'FieldValues.isNumber(value) ? FieldValues.toText(value) : JSON.serialize(value)',
    to: 'JSON.serialize(value)',
  },
  {
    name: 'a setting that was tightened since hides the first answer',
    file: SERVICE,
    from: 'WriteOutcome earlier = earlierAnswer(request);',
    to: 'request.checkJustification();\n        WriteOutcome earlier = earlierAnswer(request);',
  },
  {
    name: 'a justification may be short',
    file: SERVICE,
    from: 'request.checkJustification();',
    to: '',
  },
  {
    name: 'the kept response repeats the values',
    file: `${CLASSES}/write/WriteOutcome.cls`,
    from: "kept.put('result', request.operation.result(plan));",
    to: '',
  },
  {
    name: 'a replay does not tell the values in the result',
    file: REPLAY,
    from: 'result.putAll(operation.resultOfValues(changes));',
    to: '',
  },
  {
    name: "another user's request is taken for one's own",
    file: STORE,
    from: 'AND Performed_By_Id__c = :UserInfo.getUserId()',
    to: '',
  },
  { name: 'a failed attempt counts as carried out', file: STORE, from: ' AND Failed__c = FALSE', to: '' },
  { name: 'a failed row claims its request', file: ROWS, from: 'row.Request_Key__c = null;', to: '' },
  {
    name: 'a replay shows what the user may not read',
    file: REPLAY,
    from: 'if (name != null && readable.containsKey(name)) {',
    to: 'if (name != null) {',
  },
  {
    name: 'a replay is not marked as one',
    file: `${CLASSES}/write/WriteOutcome.cls`,
    from: "'replayed' => true",
    to: "'replayed' => false",
  },
  { name: 'the guard lets everything pass', file: GUARD, from: '!AuditStore.isOpenFor(operation, row.Id)', to: 'row == null' },
  {
    name: 'the guard stays open after a row was added',
    file: STORE,
    from: '} finally {\n            insertsLeft = 0;',
    to: '} finally {\n            insertsLeft = 1;',
  },
  { name: 'a row is completed twice', file: STORE, from: '(isCompleting && INCOMPLETE.remove(rowId))', to: 'isCompleting' },
  {
    name: 'anybody completes a row',
    file: STORE,
    from: '(isCompleting && INCOMPLETE.remove(rowId))',
    to: 'INCOMPLETE.remove(rowId)',
  },
  {
    name: 'the guard lets rows be deleted',
    file: STORE,
    from: 'return isPurging;',
    to: 'return true;',
  },
  {
    name: 'the chain does not count',
    file: CHAIN,
    from: 'row.Sequence__c = before == null ? 1 : before.Sequence__c + 1;',
    to: 'row.Sequence__c = 1;',
  },
  {
    name: 'a row does not carry the hash before it',
    file: CHAIN,
    from: 'row.Previous_Hash__c = before == null ? null : before.Row_Hash__c;',
    to: '',
  },
  { name: 'the hash leaves out the new value', file: CHAIN, from: 'Cleanup_Audit__c.New_Value__c,', to: '' },
  { name: 'an altered row is not noticed', file: CHAIN, from: 'row.Row_Hash__c == hashOf(row) ? null', to: 'row != null ? null' },
  { name: 'a broken link is not noticed', file: CHAIN, from: 'row.Previous_Hash__c != before.Row_Hash__c', to: 'row == null' },
  { name: 'a refusal under the lock stays out of the chain', file: SERVICE, from: 'isLocked = true;', to: '' },
  { name: 'anybody reviews', file: REVIEW, from: 'require(REVIEW);\n        if', to: 'if' },
  { name: 'anybody records an access review', file: REVIEW, from: 'require(REVIEW);\n        checkNote', to: 'checkNote' },
  { name: 'anybody purges', file: REVIEW, from: 'require(PURGE);', to: '' },
  { name: 'young rows are purged', file: REVIEW, from: 'ageInDays < MIN_AGE_IN_DAYS', to: 'ageInDays < 0' },
  { name: 'the guard stays open after a review', file: STORE, from: 'isReviewing = false;\n        }', to: '}' },
  {
    name: 'the guard lets rows be brought back',
    file: STORE,
    from: 'when else {\n                return false;',
    to: 'when else {\n                return true;',
  },
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
    from: 'if (plan.isCreate || plan.isAlreadySo()) {',
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
    name: 'an action runs on without room',
    file: ACTION,
    from: 'hasRoom = hasRoom && room.fitsOneMore();',
    to: 'hasRoom = hasRoom || room.fitsOneMore();',
  },
  {
    name: 'an action throws what it should answer',
    file: ACTION,
    from: 'return WriteOutcome.failed(request.requestId, WriteErrors.explain(e), null);',
    to: 'throw e;',
  },
  {
    name: 'an action forgets what the caller saw',
    file: ACTION,
    from: "'expected' => expectedJson",
    to: "'expected' => null",
  },
  {
    name: 'an action takes inputs of any size',
    file: `${CLASSES}/write/WriteRequest.cls`,
    from: "checkSize('The input', bytes);",
    to: '',
  },
  {
    name: 'the dearest write does not count',
    file: ROOM,
    from: 'Math.max(worstCost.get(name), cost)',
    to: 'worstCost.get(name)',
  },
  {
    name: 'room is judged by one limit alone',
    file: ROOM,
    from: 'fits = fits && maxima',
    to: 'fits = maxima',
  },
  {
    name: 'what was not attempted is not to be sent again',
    file: ERRORS,
    from: 'when ROW_LOCKED, NOT_ATTEMPTED {',
    to: 'when ROW_LOCKED {',
  },
  {
    name: 'a row does not say how its request came in',
    file: ROWS,
    from: 'Channel__c = RequestChannel.current(),\n            Client__c',
    to: 'Client__c',
  },
  {
    name: 'a way in that is not listed reaches the picklist',
    file: `${CLASSES}/audit/RequestChannel.cls`,
    from: 'return OTHER;',
    to: 'return quiddity;',
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
    name: 'the last access review is told only to those who may read its row',
    file: STORE,
    from: 'WHERE Operation__c = :AuditRows.ACCESS_REVIEW\n            WITH SYSTEM_MODE',
    to: 'WHERE Operation__c = :AuditRows.ACCESS_REVIEW\n            WITH USER_MODE',
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
    name: 'fields that the user may not set are told as writable',
    file: `${CLASSES}/info/WritableFields.cls`,
    from: 'field.isUpdateable() && ValueConverter',
    to: 'ValueConverter',
  },
  {
    name: 'what is denied by policy is told as writable',
    file: `${CLASSES}/info/WritableFields.cls`,
    from: 'policy.decideChosen(target.name, field).isAllowed ? writable : denied',
    to: 'policy == null ? denied : writable',
  },
  {
    name: 'objects that may only be read are told as writable',
    file: `${CLASSES}/info/WritableFields.cls`,
    from: 'if (target.isUpdateable()) {',
    to: 'if (target != null) {',
  },
];
