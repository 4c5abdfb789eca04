const placeholder = '[redacted]';

/** Salesforce access tokens (00D<org>!<secret>), bearer headers, and session ids in query strings. */
const tokenPatterns = [
  /\b00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]+/g,
  /\bBearer\s+[\x21-\x7e]+/gi,
  /\b(access_token|refresh_token|sid|client_secret)=[^&\s"]+/gi,
];

/**
 * Takes credentials out of a text that may leave the process.
 * @param secrets values to remove wherever they stand, whatever they look like
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = withoutSecrets(text, secrets);
  for (const pattern of tokenPatterns) clean = clean.replace(pattern, placeholder);
  return clean;
}

/** Only these very values go: for data, which may well speak of bearers. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== '').reduce((clean, secret) => clean.replaceAll(secret, placeholder), text);
}

/** Rewrites every string of a JSON value with `rewrite`; keys stay. */
export function redactJson<Value>(value: Value, rewrite: (text: string) => string): Value {
  if (typeof value === 'string') return rewrite(value) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => redactJson(item, rewrite)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactJson<unknown>(item, rewrite)])) as Value;
}
