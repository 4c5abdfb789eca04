import { invalidInput } from '../errors.ts';
import type { Stage } from '../salesforce/org-facts.ts';
import { cleanText } from '../untrusted-text.ts';
import { activeStages, matchingStages } from '../salesforce/stage-names.ts';

/**
 * The stages that a name means: a label or an API name, without regard to case.
 * @throws ContractError INVALID_INPUT with the active stages, for a name that is none
 */
export function stagesNamed(name: string, stages: readonly Stage[]): readonly Stage[] {
  const found = matchingStages(name, stages);
  if (found.length > 0) return found;
  throw invalidInput(`stage: ${JSON.stringify(cleanText(name, 255))} is no active opportunity stage. ${activeStages(stages)}`, {
    cause: 'UNKNOWN_STAGE',
    fields: ['stage'],
  });
}
