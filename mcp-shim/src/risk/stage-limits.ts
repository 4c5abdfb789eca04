import type { Stage } from '../salesforce/org-facts.ts';
import type { Condition } from '../salesforce/soql-condition.ts';
import { activeStages, matchingStages } from '../salesforce/stage-names.ts';
import type { RiskThresholds } from './risk-thresholds.ts';
import { areBuiltIn } from './thresholds-in-force.ts';

export type KnownStages = readonly Pick<Stage, 'label' | 'apiName'>[];

/** Days by stage, and those of every other one. */
export interface StageLimits {
  /** @param stage as the record holds it */
  limit(stage: string): number;
  /** @param older the condition of a number of days */
  condition(older: (days: number) => Condition): Condition;
}

/**
 * What to say beside a result of stages that the thresholds name and the org does not have; undefined where it has all. Those built in are
 * no mistake of anybody's: where an org has other stages, their default counts, and each reason says which limit.
 */
export function unknownStagesNote(thresholds: RiskThresholds, stages: KnownStages): string | undefined {
  return areBuiltIn(thresholds) ? undefined : unknownStagesWarning(thresholds, stages);
}

/** The same for whoever checks whether this server fits the org, of the thresholds built in too. */
export function unknownStagesWarning(thresholds: RiskThresholds, stages: KnownStages): string | undefined {
  const { by_stage: byStage = {}, default: usual = 0 } = thresholds.days_in_stage ?? {};
  const unknown = Object.keys(byStage).filter((name) => matchingStages(name, stages).length === 0);
  if (unknown.length === 0) return undefined;
  const what = `what is no active opportunity stage: ${unknown.map((name) => `"${name}"`).join(', ')}. ${activeStages(stages)}`;
  return areBuiltIn(thresholds)
    ? `The built-in risk thresholds name ${what} Stages that they do not name have ${usual} days. To set days for yours, name a file with REVOPS_RISK_THRESHOLDS.`
    : `days_in_stage.by_stage of the risk thresholds names ${what} Correct the thresholds.`;
}

/**
 * Records hold API names, and people write labels too. A name that is neither stays: deals may stand in a stage that is no longer
 * active. Where a stage is named twice, the shorter limit counts.
 */
export function stageLimits(byStage: Readonly<Record<string, number>>, usual: number, stages: KnownStages): StageLimits {
  const limits = new Map<string, { stage: string; days: number }>();
  for (const [name, days] of Object.entries(byStage)) {
    const found = matchingStages(name, stages).map(({ apiName }) => apiName);
    for (const stage of found.length === 0 ? [name] : found) {
      const key = stage.toLowerCase();
      limits.set(key, { stage, days: Math.min(days, limits.get(key)?.days ?? days) });
    }
  }
  const listed = [...limits.values()];
  const stageIs = (operator: '=' | '!=', value: string): Condition => ({ field: 'StageName', operator, literal: { kind: 'text', value } });
  return {
    limit: (stage) => limits.get(stage.toLowerCase())?.days ?? usual,
    condition: (older) => ({
      any: [
        ...listed.map(({ stage, days }) => ({ all: [stageIs('=', stage), older(days)] })),
        { all: [...listed.map(({ stage }) => stageIs('!=', stage)), older(usual)] },
      ],
    }),
  };
}
