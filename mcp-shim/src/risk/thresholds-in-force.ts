import defaults from './generated/default-thresholds.json' with { type: 'json' };
import { riskThresholds } from './risk-thresholds.ts';
import type { RiskThresholds } from './risk-thresholds.ts';

let builtIn: RiskThresholds | undefined;

/** Those of the file that REVOPS_RISK_THRESHOLDS names, or the ones built in. */
export function thresholdsInForce(config: { riskThresholds?: RiskThresholds }): RiskThresholds {
  if (config.riskThresholds) return config.riskThresholds;
  builtIn ??= riskThresholds().parse(defaults);
  return builtIn;
}

/** Nobody wrote them for this org. */
export function areBuiltIn(thresholds: RiskThresholds): boolean {
  return thresholds === builtIn;
}
