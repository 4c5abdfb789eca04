import { readFile } from 'node:fs/promises';
import { loadConfig } from './config.ts';
import type { ConfigOutcome, ConfigProblem } from './config.ts';

/** The settings, and what the file that they name says. Never throws. */
export async function loadSettings(env: NodeJS.ProcessEnv): Promise<ConfigOutcome> {
  const outcome = loadConfig(env);
  if (!outcome.ok) return outcome;
  const { config } = outcome;
  const { riskThresholdsFile: file, readOnly, confirmation, logLevel } = config;
  if (file === undefined) return outcome;
  const problem = (message: string): ConfigProblem => ({
    variable: 'REVOPS_RISK_THRESHOLDS',
    code: 'INVALID_INPUT',
    message: `REVOPS_RISK_THRESHOLDS ${message}`,
  });
  const failed = (problems: ConfigProblem[]): ConfigOutcome => ({ ok: false, problems, readOnly, confirmation, logLevel });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed([problem(`names ${file}, which cannot be read (${reason}). Name a file of thresholds, or leave it out.`)]);
  }
  // Only who has such a file pays for the parser.
  const { parseRiskThresholds } = await import('./risk/parse-risk-thresholds.ts');
  const parsed = parseRiskThresholds(text);
  if (parsed.ok) return { ok: true, config: { ...config, riskThresholds: parsed.thresholds } };
  return failed([problem(`${file}: ${parsed.problems.join('; ')}. Correct the file.`)]);
}
