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
  let clean = text;
  for (const secret of secrets) {
    if (secret !== '') clean = clean.replaceAll(secret, placeholder);
  }
  for (const pattern of tokenPatterns) clean = clean.replace(pattern, placeholder);
  return clean;
}
