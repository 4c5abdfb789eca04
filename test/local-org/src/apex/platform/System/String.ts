import type { PlatformClass } from '../types.ts';
import { changing } from './strings/changing.ts';
import { searching } from './strings/searching.ts';
import { slicing } from './strings/slicing.ts';
import { statics } from './strings/statics.ts';
import { testing } from './strings/testing.ts';

export const StringClass: PlatformClass<string> = {
  name: 'String',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_string.htm',
  statics,
  methods: { ...searching, ...slicing, ...testing, ...changing },
};
