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

// Where they are planted.
export const CLASSES = 'force-app/main/default/classes';
export const SERVICE = `${CLASSES}/write/WriteService.cls`;
export const CONVERTER = `${CLASSES}/write/ValueConverter.cls`;
export const RECORDS = `${CLASSES}/write/TargetRecords.cls`;
export const ROWS = `${CLASSES}/audit/AuditRows.cls`;
export const STORE = `${CLASSES}/audit/AuditStore.cls`;
export const GUARD = `${CLASSES}/audit/AuditGuard.cls`;
export const CHAIN = `${CLASSES}/audit/AuditChain.cls`;
export const REVIEW = `${CLASSES}/audit/AuditReview.cls`;
export const REPLAY = `${CLASSES}/write/Replay.cls`;
export const ERRORS = `${CLASSES}/write/WriteErrors.cls`;
export const ACTION = `${CLASSES}/action/RevOpsWriteAction.cls`;
export const ROOM = `${CLASSES}/action/GovernorRoom.cls`;
