import type { ShimConfig } from '../config.ts';
import { ContractError } from '../errors.ts';
import type { CommitDefinition } from '../risk/risk-rules.ts';
import type { Stage } from '../salesforce/org-facts.ts';

/** What counts as commit by the settings; undefined where the commit stage is no active stage of the org. */
export function commitDefinition(config: ShimConfig, stages: readonly Stage[]): CommitDefinition | undefined {
  const wanted = config.commitStageName.toLowerCase();
  const found = stages.filter(({ label, apiName }) => label.toLowerCase() === wanted || apiName.toLowerCase() === wanted);
  return found.length === 0 ? undefined : { stages: found.map(({ apiName }) => apiName), forecastCategory: config.commitForecastCategory };
}

/** @throws ContractError INVALID_INPUT with the active stages, for a commit stage that is none of them */
export function requireCommitDefinition(config: ShimConfig, stages: readonly Stage[]): CommitDefinition {
  const found = commitDefinition(config, stages);
  if (found) return found;
  const known = stages.map(({ label }) => label).join(', ');
  const asCommit = stages.filter(({ forecastCategory }) => forecastCategory === 'Commit').map(({ label }) => label);
  throw new ContractError(
    'INVALID_INPUT',
    `"${config.commitStageName}" is no active opportunity stage, so no deal is a commit. Active stages: ${known === '' ? '(none is visible)' : known}. ` +
      `Forecast as Commit: ${asCommit.length === 0 ? '(none)' : asCommit.join(', ')}. Set SFDC_COMMIT_STAGE_NAME to one of them and restart the server.`,
    { cause: 'COMMIT_STAGE' },
  );
}
