import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { intArg, textArg } from '../arguments.ts';
import { expandReplacement, translateRegex } from '../regex.ts';
import type { NativeMethod, PlatformClass, Runtime } from '../types.ts';

interface MatcherState {
  readonly java: string;
  text: string;
  /** Where `find` goes on. */
  next: number;
  match: RegExpExecArray | null;
}

type Method = NativeMethod<NativeObject>;

export function newMatcher(java: string, text: string): NativeObject {
  const state: MatcherState = { java, text, next: 0, match: null };
  return new NativeObject(T.platform('Matcher'), state);
}

/** A match of the whole text, or null. */
export function matchesWhole(runtime: Runtime, java: string, text: string): RegExpExecArray | null {
  const { source, flags } = translateRegex(runtime, java);
  return new RegExp(`^(?:${source})(?![\\s\\S])`, `d${flags}`).exec(text);
}

const stateOf = (self: NativeObject): MatcherState => self.data as MatcherState;

function remember(state: MatcherState, match: RegExpExecArray | null): boolean {
  state.match = match;
  if (match) {
    const end = match.index + match[0].length;
    state.next = match[0] === '' ? end + 1 : end;
  }
  return match !== null;
}

function find(runtime: Runtime, state: MatcherState, from: number): boolean {
  const { source, flags } = translateRegex(runtime, state.java);
  if (from > state.text.length) return remember(state, null);
  const regex = new RegExp(source, `dg${flags}`);
  regex.lastIndex = from;
  return remember(state, regex.exec(state.text));
}

function matchOf(runtime: Runtime, self: NativeObject): RegExpExecArray {
  return stateOf(self).match ?? runtime.throwApex('StringException', 'No match found');
}

function groupNumber(runtime: Runtime, match: RegExpExecArray, args: readonly ApexValue[]): number {
  const group = args.length > 0 ? intArg(runtime, args, 0) : 0;
  return group < 0 || group >= match.length ? runtime.throwApex('StringException', `No group ${group}`) : group;
}

const group: Method = (runtime, self, args) => {
  const match = matchOf(runtime, self);
  return match[groupNumber(runtime, match, args)] ?? null;
};

const edge =
  (side: 0 | 1): Method =>
  (runtime, self, args) => {
    const match = matchOf(runtime, self);
    return match.indices?.[groupNumber(runtime, match, args)]?.[side] ?? -1;
  };

const replace =
  (all: boolean): Method =>
  (runtime, self, args) => {
    const state = stateOf(self);
    const replacement = textArg(runtime, args, 0);
    const { source, flags } = translateRegex(runtime, state.java);
    let text = '';
    let from = 0;
    for (const match of state.text.matchAll(new RegExp(source, `g${flags}`))) {
      text += state.text.slice(from, match.index) + expandReplacement(runtime, replacement, match);
      from = match.index + match[0].length;
      if (!all) break;
    }
    state.match = null;
    state.next = 0;
    return text + state.text.slice(from);
  };

function reset(self: NativeObject, text: string): NativeObject {
  Object.assign(stateOf(self), { text, next: 0, match: null });
  return self;
}

export const MatcherClass: PlatformClass<NativeObject> = {
  name: 'Matcher',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_matcher.htm',
  statics: { 'quoteReplacement(String)': (runtime, args) => textArg(runtime, args, 0).replace(/[\\$]/g, '\\$&') },
  methods: {
    'find()': (runtime, self) => find(runtime, stateOf(self), stateOf(self).next),
    'find(Integer)': (runtime, self, args) => {
      const from = intArg(runtime, args, 0);
      if (from < 0 || from > stateOf(self).text.length) return runtime.throwApex('StringException', 'Illegal start index');
      return find(runtime, stateOf(self), from);
    },
    'matches()': (runtime, self) => remember(stateOf(self), matchesWhole(runtime, stateOf(self).java, stateOf(self).text)),
    'lookingAt()': (runtime, self) => {
      const { source, flags } = translateRegex(runtime, stateOf(self).java);
      return remember(stateOf(self), new RegExp(`^(?:${source})`, `d${flags}`).exec(stateOf(self).text));
    },
    'group()': group,
    'group(Integer)': group,
    'groupCount()': (runtime, self) => {
      const { source, flags } = translateRegex(runtime, stateOf(self).java);
      return (new RegExp(`${source}|`, flags).exec('')?.length ?? 1) - 1;
    },
    'start()': edge(0),
    'start(Integer)': edge(0),
    'end()': edge(1),
    'end(Integer)': edge(1),
    'pattern()': (_runtime, self) => new NativeObject(T.platform('Pattern'), stateOf(self).java),
    'replaceAll(String)': replace(true),
    'replaceFirst(String)': replace(false),
    'reset()': (_runtime, self) => reset(self, stateOf(self).text),
    'reset(String)': (runtime, self, args) => reset(self, textArg(runtime, args, 0)),
  },
};
