import { ACCOUNT } from './account.ts';
import { CASE } from './case.ts';
import { CASE_COMMENT } from './case-comment.ts';
import { CASE_STATUS } from './case-status.ts';
import { CONTACT } from './contact.ts';
import { CONTENT_DOCUMENT, CONTENT_DOCUMENT_LINK, CONTENT_NOTE } from './content.ts';
import { EVENT } from './event.ts';
import { FISCAL_YEAR_SETTINGS } from './fiscal-year-settings.ts';
import { GROUP } from './group.ts';
import { LEAD } from './lead.ts';
import { LEAD_STATUS } from './lead-status.ts';
import { OPPORTUNITY } from './opportunity.ts';
import { OPPORTUNITY_CONTACT_ROLE } from './opportunity-contact-role.ts';
import { OPPORTUNITY_HISTORY } from './opportunity-history.ts';
import { OPPORTUNITY_STAGE } from './opportunity-stage.ts';
import { ORGANIZATION } from './organization.ts';
import { PERIOD } from './period.ts';
import { PERMISSION_SET } from './permission-set.ts';
import { PERMISSION_SET_ASSIGNMENT } from './permission-set-assignment.ts';
import { PROFILE } from './profile.ts';
import { RECORD_TYPE } from './record-type.ts';
import { TASK } from './task.ts';
import { TASK_PRIORITY } from './task-priority.ts';
import { TASK_STATUS } from './task-status.ts';
import { USER } from './user.ts';
import { USER_LICENSE } from './user-license.ts';
import { USER_RECORD_ACCESS } from './user-record-access.ts';
import { USER_ROLE } from './user-role.ts';
import type { StandardTable } from './table.ts';

/** The standard objects that the local org has learned, in the order in which describe lists them: by name. */
export const STANDARD_TABLES: readonly StandardTable[] = [
  ACCOUNT,
  CASE,
  CASE_COMMENT,
  CASE_STATUS,
  CONTACT,
  CONTENT_DOCUMENT,
  CONTENT_DOCUMENT_LINK,
  CONTENT_NOTE,
  EVENT,
  FISCAL_YEAR_SETTINGS,
  GROUP,
  LEAD,
  LEAD_STATUS,
  OPPORTUNITY,
  OPPORTUNITY_CONTACT_ROLE,
  OPPORTUNITY_HISTORY,
  OPPORTUNITY_STAGE,
  ORGANIZATION,
  PERIOD,
  PERMISSION_SET,
  PERMISSION_SET_ASSIGNMENT,
  PROFILE,
  RECORD_TYPE,
  TASK,
  TASK_PRIORITY,
  TASK_STATUS,
  USER,
  USER_LICENSE,
  USER_RECORD_ACCESS,
  USER_ROLE,
];
