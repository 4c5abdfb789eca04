import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { NativeObject } from '../../values/native-object.ts';
import { intArg, textArg } from '../arguments.ts';
import { splitByRegex, translateRegex } from '../regex.ts';
import type { PlatformClass, Runtime } from '../types.ts';
import { matchesWhole, newMatcher } from './Matcher.ts';

const javaOf = (self: NativeObject): string => String(self.data);

function split(runtime: Runtime, self: NativeObject, text: string, limit: number): ApexList {
  return new ApexList(T.String, splitByRegex(runtime, text, javaOf(self), limit));
}

export const PatternClass: PlatformClass<NativeObject> = {
  name: 'Pattern',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_pattern.htm',
  statics: {
    'compile(String)': (runtime, args) => new NativeObject(T.platform('Pattern'), translateRegex(runtime, textArg(runtime, args, 0)).java),
    'matches(String,String)': (runtime, args) => matchesWhole(runtime, textArg(runtime, args, 0), textArg(runtime, args, 1)) !== null,
    'quote(String)': (runtime, args) => `\\Q${textArg(runtime, args, 0).replaceAll('\\E', '\\E\\\\E\\Q')}\\E`,
  },
  methods: {
    'matcher(String)': (runtime, self, args) => newMatcher(javaOf(self), textArg(runtime, args, 0)),
    'pattern()': (_runtime, self) => javaOf(self),
    'split(String)': (runtime, self, args) => split(runtime, self, textArg(runtime, args, 0), 0),
    'split(String,Integer)': (runtime, self, args) => split(runtime, self, textArg(runtime, args, 0), intArg(runtime, args, 1)),
  },
};
