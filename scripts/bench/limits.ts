/** What `npm run bench` holds the server to. The first is a median; memory is what the kernel calls the resident set. */
export const limits = {
  addedMs: 3,
  startRatio: 2.5,
  memoryMb: 90,
  listTokens: 9_000,
  toolTokens: 600,
  rowsTokens: 5_100,
} as const;

/** One figure that a limit holds. */
export interface Judged {
  readonly figure: string;
  /** As shown, with its unit. */
  readonly measured: string;
  readonly spread?: string;
  /** What ran beside it in the same minute, and the ratio to it. */
  readonly beside?: string;
  readonly value: number;
  readonly limit: number;
  /** As shown, with its unit. */
  readonly limitText: string;
}

export function isKept({ value, limit }: Pick<Judged, 'value' | 'limit'>): boolean {
  return value <= limit;
}
