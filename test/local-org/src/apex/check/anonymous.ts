import type { Problem } from '../../errors.ts';
import { parseAnonymous } from '../parse/parse-source.ts';
import { T } from '../types.ts';
import { Context } from './context.ts';
import type { Program } from './program.ts';
import { checkStatements } from './statements/check-statement.ts';
import { SourceUnit, type Routine } from './symbols.ts';

/** As stack traces name the block. */
const ANONYMOUS_BLOCK = 'AnonymousBlock';

/** The block goes by no -meta.xml; nothing in it depends on the version. */
const VERSION = 67;

export type CheckedBlock = { readonly routine: Routine; readonly problem: null } | { readonly routine: null; readonly problem: Problem };

/**
 * Parses and checks a block of anonymous Apex against what is deployed; of several problems the first in the text counts.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_anonymous_block.htm
 */
export function checkAnonymous(source: string, deployed: Program): CheckedBlock {
  const parsed = parseAnonymous(source);
  const [error] = parsed.errors;
  if (error) return refused({ message: error.message, location: { file: ANONYMOUS_BLOCK, line: error.line, column: error.column } });
  const program = deployed.copy();
  const unit = new SourceUnit(ANONYMOUS_BLOCK, ANONYMOUS_BLOCK, 'anonymous', VERSION, false);
  const context = new Context({ program, unit, cls: null, isStatic: true, returns: T.void });
  const body = checkStatements(parsed.unit?.statements ?? [], context);
  const [problem] = program.problems;
  if (problem) return refused(problem);
  const routine = { label: ANONYMOUS_BLOCK, file: ANONYMOUS_BLOCK, access: context.access, frameSize: context.scope.size, body };
  return { routine, problem: null };
}

function refused(problem: Problem): CheckedBlock {
  return { routine: null, problem };
}
