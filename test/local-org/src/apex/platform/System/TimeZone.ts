import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import { isTimeZone, offsetAt } from '../../values/time-zone.ts';
import { datetimeArg, textArg } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

const idOf = (self: NativeObject): string => self.key ?? 'GMT';

export const TimeZoneClass: PlatformClass<NativeObject> = {
  name: 'TimeZone',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_timezone.htm',
  statics: {
    'getTimeZone(String)': (runtime, args) => {
      const id = textArg(runtime, args, 0);
      return new NativeObject(T.platform('TimeZone'), null, isTimeZone(id) ? id : 'GMT');
    },
  },
  methods: {
    'getID()': (_runtime, self) => idOf(self),
    'toString()': (_runtime, self) => idOf(self),
    'getOffset(Datetime)': (runtime, self, args) => offsetAt(datetimeArg(runtime, args, 0).ms, idOf(self)),
  },
};
