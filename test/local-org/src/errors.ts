/** Where in a source a thing stands: lines from 1, columns from 1 (as the platform's own deploy messages count). */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A name or construct that the platform has and the local org has not learned. Never caught by guest code. */
export class NotSupported extends Error {
  readonly construct: string;
  readonly location: Location | null;

  constructor(construct: string, location: Location | null = null) {
    super(`Not supported by the local org: ${construct}${location ? ` (${location.file}:${location.line})` : ''}`);
    this.name = 'NotSupported';
    this.construct = construct;
    this.location = location;
  }
}

/** One failure of a deploy or compile, in the words of the platform. */
export interface Problem {
  readonly message: string;
  readonly location: Location;
}

/** A component and where it begins. */
export interface DeployedPlace {
  readonly type: string;
  readonly name: string;
  readonly at: Location;
  /** Its last line, where others follow in its file. */
  readonly until?: number;
}

/** A deploy that was refused; it changed nothing. */
export class DeployFailed extends Error {
  readonly problems: readonly Problem[];
  /** What the deploy would have brought or taken away, as far as it could be read. */
  readonly components: readonly DeployedPlace[];

  constructor(problems: readonly Problem[], components: readonly DeployedPlace[] = []) {
    super(problems.map((p) => `${p.location.file}:${p.location.line}:${p.location.column} ${p.message}`).join('\n'));
    this.name = 'DeployFailed';
    this.problems = problems;
    this.components = components;
  }
}
