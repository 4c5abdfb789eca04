/** API requests of the last 24 hours, as the org counts them. */
export interface LimitInfo {
  used: number;
  limit: number;
  /** When this reading arrived, in milliseconds since 1970. */
  readAt: number;
}

/** Reads the `Sforce-Limit-Info` header, such as `api-usage=18/5000`. */
export function parseLimitInfo(header: string | undefined, readAt: number): LimitInfo | undefined {
  const match = /(?:^|[\s,;])api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match ? { used: Number(match[1]), limit: Number(match[2]), readAt } : undefined;
}
