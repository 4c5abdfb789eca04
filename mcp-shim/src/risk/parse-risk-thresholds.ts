import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { riskThresholds } from './risk-thresholds.ts';
import type { RiskThresholds } from './risk-thresholds.ts';

export type ThresholdsOutcome = { ok: true; thresholds: RiskThresholds } | { ok: false; problems: string[] };

/** Reads the YAML; every problem is told with the line and column where it stands. */
export function parseRiskThresholds(text: string): ThresholdsOutcome {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message.split('\n')[0] ?? message}`) };
  }
  // An alias that repeats itself would grow without bound.
  const content: unknown = document.toJS({ maxAliasCount: 10 }) ?? {};
  const parsed = riskThresholds().safeParse(content, { reportInput: true });
  if (parsed.success) return { ok: true, thresholds: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.flatMap((issue) => {
      const path = issue.path.map(String);
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map(
          (key) => `${at(offsetOf(document, [...path, key]))}: ${[...path, key].join('.')} is no rule or setting of one`,
        );
      }
      const missing = issue.code === 'invalid_type' && issue.input === undefined;
      return [`${at(offsetOf(document, path))}: ${path.join('.') || 'the file'} ${missing ? 'is missing' : lowerFirst(issue.message)}`];
    }),
  };
}

/** Where a key stands, or the nearest thing above it that is there. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = itemsOf(parent).find(({ key }) => key?.value === path[length - 1]);
    const start = pair?.key?.range?.[0];
    if (start !== undefined) return start;
  }
  return 0;
}

interface Pair {
  key?: { value?: unknown; range?: readonly number[] };
}

function itemsOf(node: unknown): Pair[] {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items) ? (node.items as Pair[]) : [];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
