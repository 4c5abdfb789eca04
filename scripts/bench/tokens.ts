import { encode } from 'gpt-tokenizer/encoding/o200k_base';

/** Tokens of a text in o200k, the one public encoding of a current model family: a yardstick, not any host's bill. */
export function tokensOf(text: string): number {
  return encode(text).length;
}

export interface ListTokens {
  readonly tools: number;
  readonly total: number;
  /** Of the tool that takes most. */
  readonly largest: { readonly name: string; readonly tokens: number };
}

/** What `tools/list` costs: the tools as JSON without blanks, as it travels. @throws RangeError where the list is empty */
export function tokensOfList(tools: readonly { readonly name: string }[]): ListTokens {
  const each = tools.map((tool) => ({ name: tool.name, tokens: tokensOf(JSON.stringify(tool)) }));
  const [largest] = each.toSorted((left, right) => right.tokens - left.tokens);
  if (!largest) throw new RangeError('the server lists no tools');
  return { tools: tools.length, total: tokensOf(JSON.stringify(tools)), largest };
}
