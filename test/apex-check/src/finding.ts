/** Who found it: each check has its own kind of mistakes and its own seeded ones in `bad/`. */
export type CheckName = 'apex-ls' | 'pmd' | 'soql' | 'apex-rules' | 'metadata';

/** One mistake, at a place. */
export interface Finding {
  readonly check: CheckName;
  /** Absolute path. */
  readonly file: string;
  /** From 1; 0 where a file as a whole is meant. */
  readonly line: number;
  readonly message: string;
}
