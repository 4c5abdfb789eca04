import type { Block, Statement } from '../../parse/ast.ts';

/** True where control never comes out at the end of the statement. */
export function endsAlways(s: Statement): boolean {
  switch (s.kind) {
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return true;
    default:
      return returnsAlways(s);
  }
}

/** True where every way through the statement returns or throws. Loop conditions are not looked at: behind `while (true)` counts as reachable. */
export function returnsAlways(s: Statement): boolean {
  switch (s.kind) {
    case 'return':
    case 'throw':
      return true;
    case 'block':
      return blockReturns(s);
    case 'if':
      return s.whenFalse !== null && returnsAlways(s.whenTrue) && returnsAlways(s.whenFalse);
    case 'try':
      return (
        (s.finallyBody !== null && blockReturns(s.finallyBody)) ||
        (blockReturns(s.body) && s.catches.every((clause) => blockReturns(clause.body)))
      );
    case 'switch':
      return s.clauses.some((clause) => clause.kind === 'else') && s.clauses.every((clause) => blockReturns(clause.body));
    case 'runAs':
      return blockReturns(s.body);
    default:
      return false;
  }
}

function blockReturns(block: Block): boolean {
  return block.statements.some(returnsAlways);
}
