import type { AnonymousRun } from '../../apex/engine-types.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { SoapAnswer, SoapCall } from '../soap/answer-soap.ts';
import { element, SoapFault, type SoapValue } from '../soap/soap-envelope.ts';
import { debugLog, logLevel } from './debug-log.ts';

/** Takes back what a block did that did not succeed. */
class Undone extends Error {
  readonly run: AnonymousRun;

  constructor(run: AnonymousRun) {
    super('the anonymous block did not succeed');
    this.run = run;
  }
}

/**
 * Runs a block of Apex as the caller, in a transaction of its own: committed where it succeeds, rolled back where it does not.
 * The log is in the header, where the request asks for one.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/sforce_api_calls_executeanonymous.htm
 */
export function executeAnonymous({ operation, header, user }: SoapCall, org: LocalOrg): SoapAnswer {
  const [code, ...more] = operation.children;
  if (!code || more.length > 0) throw new SoapFault('INVALID_FIELD', 'executeAnonymous takes one string, the block');
  const { text: source } = code;
  const level = logLevel(header);
  const run = committed(source, user, org);
  if (level === null || run.outcome === 'refused') return { result: resultOf(run) };
  return { result: resultOf(run), header: element('DebuggingInfo', { debugLog: debugLog(source, run, level, org.now()) }) };
}

function committed(source: string, user: SoapCall['user'], org: LocalOrg): AnonymousRun {
  try {
    return org.transaction(user, (tx) => {
      const run = org.engine.runAnonymous(source, tx);
      if (run.outcome !== 'succeeded') throw new Undone(run);
      return run;
    });
  } catch (error) {
    if (error instanceof Undone) return error.run;
    throw error;
  }
}

const NO_PLACE = { line: -1, column: -1 };

function resultOf(run: AnonymousRun): SoapValue {
  const { line, column } = placeOf(run);
  return {
    column,
    compileProblem: run.outcome === 'refused' ? run.problem.message : null,
    compiled: run.outcome !== 'refused',
    exceptionMessage: run.outcome === 'failed' ? run.message : null,
    exceptionStackTrace: run.outcome === 'failed' ? run.stackTrace : null,
    line,
    success: run.outcome === 'succeeded',
  };
}

/** Of the mistake, or of the statement of the block that an exception left by. */
function placeOf(run: AnonymousRun): { readonly line: number; readonly column: number } {
  if (run.outcome === 'refused') return run.problem.location;
  if (run.outcome === 'succeeded') return NO_PLACE;
  const [, line, column] = /AnonymousBlock: line (\d+), column (\d+)\s*$/.exec(run.stackTrace) ?? [];
  return line === undefined || column === undefined ? NO_PLACE : { line: Number(line), column: Number(column) };
}
