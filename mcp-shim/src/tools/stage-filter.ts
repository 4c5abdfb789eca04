import { invalidInput } from '../errors.ts';
import type { Stage } from '../salesforce/org-facts.ts';

/**
 * The stages that a name means: a label or an API name, without regard to case.
 * @throws ContractError INVALID_INPUT with the active stages, for a name that is none
 */
export function stagesNamed(name: string, stages: readonly Stage[]): readonly Stage[] {
  const wanted = name.toLowerCase();
  const found = stages.filter(({ label, apiName }) => label.toLowerCase() === wanted || apiName.toLowerCase() === wanted);
  if (found.length > 0) return found;
  const known = stages.map(({ label }) => label).join(', ');
  throw invalidInput(`"${name}" is no active opportunity stage. Active stages: ${known === '' ? '(none is visible)' : known}.`, {
    cause: 'UNKNOWN_STAGE',
  });
}
