/** Longest text of a cell in a `query` result, in characters. */
export const maxCellLength = 1000;
/** Longest text of a single record's field. */
export const maxFieldLength = 2000;
/** Longest result, in characters of JSON; then rows go. */
export const maxResultLength = 60_000;

/**
 * Control characters (tab and line feed stay), soft hyphens, zero-width and bidirectional marks, tag characters, fillers and variation
 * selectors, line and paragraph separators: what hides or reorders text that a person or a model reads. What is not drawn at all is
 * what Unicode calls default ignorable (Unicode Standard, section 5.21). Joiners inside emoji are lost with them, on purpose; a
 * selector stays where it chooses how the emoji or the Han character before it looks.
 */
const invisible =
  /(?![\t\n]|(?<=\p{Emoji})[\ufe0e\ufe0f]|(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** What holds an emoji of several parts together; it hides nothing. */
const emojiJoiner = /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu;

/**
 * The first character of a text that nobody would see in what they approve, as `U+202E`; joiners inside emoji pass.
 * @returns undefined where everything can be seen
 */
export function firstHiddenCharacter(text: string): string | undefined {
  const [found] = text.replace(/\r\n?/g, '\n').replace(emojiJoiner, '').match(invisible) ?? [];
  return found === undefined ? undefined : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Text that people typed into the CRM is data: what cannot be seen goes, what is too long is cut and says so. */
export function cleanText(text: string, maxLength: number): string {
  const visible = text.replace(/\r\n?/g, '\n').replace(invisible, '');
  if (visible.length <= maxLength) return visible;
  const cut = sliceWithoutHalfPair(visible, maxLength);
  return `${cut}… [+${(visible.length - cut.length).toLocaleString('en-US')} chars]`;
}

/** Cleans every string of a JSON value in place of the typed original; keys stay. */
export function cleanJson(value: unknown, maxLength: number): unknown {
  if (typeof value === 'string') return cleanText(value, maxLength);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, maxLength));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleanJson(item, maxLength)]));
}

/** The beginning of a text, up to so many UTF-16 units; a character that would be halved is left out. */
export function sliceWithoutHalfPair(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
