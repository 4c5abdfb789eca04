import type { Transaction } from '../../transaction/types.ts';
import type { DmlOperation, WorkingRecord } from '../types.ts';
import { activityLinks } from './activity-links.ts';
import { caseContact } from './case-contact.ts';
import { caseStatus } from './case-status.ts';
import { contentDocument, contentDocumentLink, contentNote } from './content-note.ts';
import type { DerivedRule } from './derived-rule.ts';
import { eventTimes } from './event-times.ts';
import { lastActivity } from './last-activity.ts';
import { leadStatus } from './lead-status.ts';
import { opportunityForecast } from './opportunity-forecast.ts';
import { opportunityHistory } from './opportunity-history.ts';
import { opportunityStage } from './opportunity-stage.ts';
import { permissionSetAssignments } from './permission-set-assignments.ts';
import { personName } from './person-name.ts';
import { taskStatus } from './task-status.ts';
import { userDefaults } from './user-defaults.ts';

/** In the order in which they run: the stage gives the probability from which the expected revenue follows. */
const RULES: readonly DerivedRule[] = [
  personName,
  userDefaults,
  permissionSetAssignments,
  leadStatus,
  opportunityStage,
  opportunityForecast,
  opportunityHistory,
  caseStatus,
  caseContact,
  contentNote,
  contentDocument,
  contentDocumentLink,
  taskStatus,
  eventTimes,
  activityLinks,
  lastActivity,
];

export function deriveBeforeSave(record: WorkingRecord, tx: Transaction): void {
  for (const rule of RULES) if (rule.objects.includes(record.object.name)) rule.beforeSave?.(record, tx);
}

export function deriveAfterWrite(operation: DmlOperation, record: WorkingRecord, tx: Transaction): void {
  for (const rule of RULES) if (rule.objects.includes(record.object.name)) rule.afterWrite?.(operation, record, tx);
}
