import { addNote } from './add-note.ts';
import { createCase } from './create-case.ts';
import { createTask } from './create-task.ts';
import { revertChange } from './revert-change.ts';
import { updateCase } from './update-case.ts';
import { updateField } from './update-field.ts';
import { updateLeadStatus } from './update-lead-status.ts';
import type { WriteTool } from './write-tool.ts';

/** The tools that change data, in the order in which clients see them. */
export const writeTools: readonly WriteTool[] = [addNote, updateField, createCase, updateCase, createTask, updateLeadStatus, revertChange];
