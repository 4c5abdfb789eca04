import type { ShimConfig } from '../config.ts';
import { ContractError } from '../errors.ts';
import type { CommitDefinition } from '../risk/risk-rules.ts';
import type { Stage } from '../salesforce/org-facts.ts';
import { activeStages, matchingStages } from '../salesforce/stage-names.ts';

/** What counts as commit by the settings; undefined where the commit stage is no active stage of the org. */
export function commitDefinition(config: ShimConfig, stages: readonly Stage[]): CommitDefinition | undefined {
  const found = matchingStages(config.commitStageName, stages);
  return found.length === 0 ? undefined : { stages: found.map(({ apiName }) => apiName), forecastCategory: config.commitForecastCategory };
}

/** @throws ContractError INVALID_INPUT with the active stages, for a commit stage that is none of them */
export function requireCommitDefinition(config: ShimConfig, stages: readonly Stage[]): CommitDefinition {
  const found = commitDefinition(config, stages);
  if (found) return found;
  const asCommit = stages.filter(({ forecastCategory }) => forecastCategory === 'Commit').map(({ label }) => label);
  throw new ContractError(
    'INVALID_INPUT',
    `"${config.commitStageName}" is no active opportunity stage, so no deal is a commit. ${activeStages(stages)} ` +
      `Forecast as Commit: ${asCommit.length === 0 ? '(none)' : asCommit.join(', ')}. Set SFDC_COMMIT_STAGE_NAME to one of them and restart the server.`,
    { cause: 'COMMIT_STAGE' },
  );
}
