import { CLASSES, ROWS, STORE } from './mutation.ts';
import type { Mutation } from './mutation.ts';

const REVERT = `${CLASSES}/write/RevertChangeOperation.cls`;
const REVERTED = `${CLASSES}/write/RevertedChange.cls`;

/** Each breaks one promise of revert_change. */
export const REVERT_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a change is reverted a second time',
    file: REVERTED,
    from: 'if (store.isReverted(row.Id)) {',
    to: 'if (store == null) {',
  },
  {
    name: 'a revert that changed nothing counts as one',
    file: STORE,
    from: 'Reverts_Id__c = :rowId AND Changed__c = TRUE',
    to: 'Reverts_Id__c = :rowId',
  },
  {
    name: 'anybody reverts what others changed',
    file: REVERTED,
    from: '!FeatureManagement.checkPermission(PERMISSION)',
    to: 'PERMISSION == null',
  },
  {
    name: "one's own change cannot be reverted",
    file: REVERTED,
    from: 'row.Performed_By_Id__c != UserInfo.getUserId() && ',
    to: '',
  },
  {
    name: 'a row is reverted that the user does not see',
    file: REVERTED,
    from: 'if (!isVisible(rowId)) {',
    to: 'if (rowId == null) {',
  },
  {
    name: 'a revert undoes a later change as well',
    file: REVERTED,
    from: 'change.expect(KeptValues.restore(field, row.New_Value__c));',
    to: '',
  },
  {
    name: 'what the caller saw replaces what the change stored',
    file: `${CLASSES}/write/FieldChange.cls`,
    from: 'expectations.add(',
    to: 'expectations.clear();\n        expectations.add(',
  },
  {
    name: 'a revert is reverted',
    file: REVERTED,
    from: 'if (row.Operation__c == RevertChangeOperation.NAME) {',
    to: 'if (row == null) {',
  },
  {
    name: 'a refused attempt is reverted',
    file: REVERTED,
    from: 'if (row.Failed__c) {',
    to: 'if (row == null) {',
  },
  {
    name: 'a creation is reverted',
    file: REVERTED,
    from: 'WriteOperations.named(row.Operation__c).createsRecord()',
    to: 'row == null',
  },
  {
    name: 'a change that changed nothing is reverted',
    file: REVERTED,
    from: 'if (!row.Changed__c) {',
    to: 'if (row == null) {',
  },
  {
    name: 'a digest is put back',
    file: REVERTED,
    from: 'KeptValues.isDigest(row.Old_Value__c) ||',
    to: '',
  },
  {
    name: 'a record is filled over a digest',
    file: REVERTED,
    from: '|| KeptValues.isDigest(row.New_Value__c)',
    to: '',
  },
  {
    name: 'a revert tells an old value of a record that the user does not see',
    file: REVERTED,
    from: "if (new TargetRecords().read(target, new Set<String>{ 'Id' }) == null) {",
    to: 'if (target == null) {',
  },
  {
    name: 'the row of a revert does not name the one it undoes',
    file: ROWS,
    from: 'plan.reverted?.rowId()',
    to: 'null',
  },
  {
    name: 'a revert needs no reason',
    file: REVERT,
    from: 'public override Boolean requiresJustification() {\n        return true;',
    to: 'public override Boolean requiresJustification() {\n        return false;',
  },
  {
    name: 'a revert moves a lookup that no row of the policy names',
    file: REVERT,
    from: 'public override Boolean takesAnyField() {\n        return true;',
    to: 'public override Boolean takesAnyField() {\n        return false;',
  },
];
