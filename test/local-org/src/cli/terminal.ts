/** Where a command writes, and how it learns that it shall end. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and errors. */
  readonly err: (text: string) => void;
  /** Settles when the person ends the command (Ctrl-C). */
  readonly ended: () => Promise<void>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}
