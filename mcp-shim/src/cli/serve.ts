import { secretsOf } from '../config.ts';
import { loadSettings } from '../load-settings.ts';
import { announceProblems } from '../connection-report.ts';
import type { EarlyAnswer } from '../handshake/early-answer.ts';
import { createLogger } from '../observability/logger.ts';
import { thresholdsInForce } from '../risk/thresholds-in-force.ts';
import { createRuntime } from '../runtime.ts';
import { createServer } from '../server/create-server.ts';
import { Dispatcher } from '../server/dispatcher.ts';
import type { Setup } from '../server/dispatcher.ts';
import { serveStdio } from '../server/stdio.ts';
import { offeredTools } from '../tools/catalogue.ts';

/** Answers `initialize` whatever the settings are; problems are told on stderr and by every call. */
export async function serve(env: NodeJS.ProcessEnv, answered?: EarlyAnswer): Promise<number> {
  const outcome = await loadSettings(env);
  const { readOnly, confirmation, logLevel } = outcome.ok ? outcome.config : outcome;
  const logger = createLogger({ level: logLevel, secrets: outcome.ok ? secretsOf(outcome.config) : [] });
  if (!outcome.ok) {
    for (const problem of outcome.problems) logger.error('configuration_problem', { variable: problem.variable, message: problem.message });
  }
  const setup: Setup = outcome.ok
    ? { ok: true, runtime: createRuntime(outcome.config, logger) }
    : { ok: false, problems: outcome.problems };
  const tools = offeredTools({ readOnly, confirmation });
  const dispatcher = new Dispatcher({
    tools,
    setup,
    logger,
    onFirstCall: () => {
      if (setup.ok) void announceProblems(setup.runtime, logger);
    },
  });
  await serveStdio({
    server: createServer({
      dispatcher,
      tools,
      logger,
      confirmation,
      thresholds: outcome.ok ? () => thresholdsInForce(outcome.config) : undefined,
    }),
    logger,
    answered,
    idle: () => dispatcher.idle(),
    onInitialized: () => {
      if (setup.ok) setup.runtime.warmUp().catch((error: unknown) => logger.error('warm_up_failed', { error: String(error) }));
    },
  });
  return 0;
}
