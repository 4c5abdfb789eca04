/**
 * API requests used and allotted in 24 hours, reported on every response as `Sforce-Limit-Info: api-usage=18/15000`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 */
export class ApiUsage {
  /** Requests counted so far; a test may set it. */
  used = 0;
  max: number;

  constructor(max: number) {
    this.max = max;
  }

  /** Counts one request. False where the allocation is used up: the request is then refused, and not counted. */
  count(): boolean {
    if (this.used >= this.max) return false;
    this.used += 1;
    return true;
  }

  header(): string {
    return `api-usage=${this.used}/${this.max}`;
  }
}
