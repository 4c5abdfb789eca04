import type { ShimConfig } from '../config.ts';
import { ContractError } from '../errors.ts';
import type { CommitDefinition } from '../risk/risk-rules.ts';
import { forecastCategoryField, refuseUnknownCategory } from '../salesforce/forecast-category.ts';
import type { ObjectDescribe } from '../salesforce/gateway.ts';
import type { Stage } from '../salesforce/org-facts.ts';
import { activeStages, matchingStages } from '../salesforce/stage-names.ts';

/** What counts as commit by the settings; undefined where the commit stage is no active stage of open deals in the org. */
export function commitDefinition(config: ShimConfig, stages: readonly Stage[]): CommitDefinition | undefined {
  const found = matchingStages(config.commitStageName, stages).filter(({ closed }) => !closed);
  return found.length === 0 ? undefined : { stages: found.map(({ apiName }) => apiName), forecastCategory: config.commitForecastCategory };
}

/** The fields of a deal that tell whether it is a commit. */
export function commitFields({ commitForecastCategory: category }: ShimConfig): string[] {
  return ['StageName', ...(category === undefined ? [] : [forecastCategoryField])];
}

/**
 * @param object the describe of Opportunity, as far as it is known
 * @throws ContractError INVALID_INPUT with what there is, for a commit stage or a forecast category that is none of the org, and for a
 * stage of closed deals
 */
export function requireCommitDefinition(
  config: ShimConfig,
  stages: readonly Stage[],
  object: ObjectDescribe | undefined,
): CommitDefinition {
  const found = commitDefinition(config, stages);
  if (found) {
    if (found.forecastCategory !== undefined && object) refuseUnknownCategory(found.forecastCategory, object);
    return found;
  }
  const isKnown = matchingStages(config.commitStageName, stages).length > 0;
  const asCommit = stages.filter(({ forecastCategory }) => forecastCategory === 'Commit').map(({ label }) => label);
  throw new ContractError(
    'INVALID_INPUT',
    `"${config.commitStageName}" is ${isKnown ? 'a stage of closed deals' : 'no active opportunity stage'}, so no deal is a commit. ${activeStages(stages)} ` +
      `Forecast as Commit: ${asCommit.length === 0 ? '(none)' : asCommit.join(', ')}. Set SFDC_COMMIT_STAGE_NAME to one of them and restart the server.`,
    { cause: 'COMMIT_STAGE' },
  );
}
