/** Desktop hosts hand over an optional setting left blank as an empty string or as the literal placeholder. */
export function settingValue(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' || trimmed.startsWith('${user_config.') ? undefined : trimmed;
}
