import type { ClassSymbol, SourceUnit } from './symbols.ts';

/** The API version from which on code runs in user mode and, where a class declares nothing, with sharing. */
const USER_MODE_BY_DEFAULT = 67;

/**
 * How code reaches records where its statements say nothing themselves.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/versioned_behavior_changes.htm
 */
export interface CodeAccess {
  /** Queries and DML run in user mode unless they say otherwise. */
  readonly userMode: boolean;
  /** In system mode. `inherited`: as the caller's, with sharing where nobody called; `undeclared`: as the caller's, else without. */
  readonly sharing: 'with' | 'without' | 'inherited' | 'undeclared';
}

/**
 * A class goes by its own keyword, else by that of the class it extends. The class around an inner one does not count.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_keywords_sharing.htm
 */
export function classAccess(cls: ClassSymbol): CodeAccess {
  const userMode = isUserMode(cls.unit);
  const declared = cls.lineage().find((one) => one.sharing !== null)?.sharing ?? null;
  return { userMode, sharing: declared ?? (userMode ? 'with' : 'undeclared') };
}

/**
 * Anonymous Apex has the permissions and the sharing of its user, whatever its version.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_anonymous_block.htm
 */
export const ANONYMOUS_ACCESS: CodeAccess = { userMode: true, sharing: 'with' };

/** Triggers are without sharing; from API version 67 on that shows in system mode only. */
export function triggerAccess(unit: SourceUnit): CodeAccess {
  return { userMode: isUserMode(unit), sharing: 'without' };
}

function isUserMode(unit: SourceUnit): boolean {
  return unit.apiVersion >= USER_MODE_BY_DEFAULT;
}
