import type { Position } from '../parse/ast.ts';

/** A compile error at a position; ends the checking of its statement, not of its class. */
export class CheckError extends Error {
  readonly pos: Position;

  constructor(message: string, pos: Position) {
    super(message);
    this.name = 'CheckError';
    this.pos = pos;
  }
}

export function fail(message: string, pos: Position): never {
  throw new CheckError(message, pos);
}

/** The platform has it, the local org does not. The file is added where the problem is reported. */
export function notSupported(construct: string, pos: Position): never {
  throw new UnsupportedConstruct(construct, pos);
}

export class UnsupportedConstruct extends CheckError {
  readonly construct: string;

  constructor(construct: string, pos: Position) {
    super(`Not supported by the local org: ${construct}`, pos);
    this.construct = construct;
  }
}
