import { checkConnection } from './check-connection.ts';
import { confirmWrite } from './confirm-write.ts';
import { describeObject } from './describe-object.ts';
import { getOpportunity } from './get-opportunity.ts';
import { pipelineByStage } from './pipeline-by-stage.ts';
import { query } from './query.ts';
import type { Tool } from './tool.ts';
import { updateField } from './update-field.ts';

/** Every tool, in the order in which clients see them. The order is stable, so that hosts can cache the list. */
export const catalogue: readonly Tool[] = [
  getOpportunity,
  pipelineByStage,
  query,
  describeObject,
  updateField,
  confirmWrite,
  checkConnection,
];

/** What the server offers; read-only servers do not even list the tools that write. */
export function offeredTools(options: { readOnly: boolean }): readonly Tool[] {
  return options.readOnly ? catalogue.filter((tool) => tool.annotations.readOnlyHint) : catalogue;
}
