import { ApexTime } from '../../values/apex-time.ts';
import { intArg } from '../arguments.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

const plus =
  (unitMs: number): NativeMethod<ApexTime> =>
  (runtime, self, args) =>
    new ApexTime(self.ms + intArg(runtime, args, 0) * unitMs);

export const TimeClass: PlatformClass<ApexTime> = {
  name: 'Time',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_time.htm',
  statics: {
    'newInstance(Integer,Integer,Integer,Integer)': (runtime, args) => {
      const [hour = 0, minute = 0, second = 0, millisecond = 0] = [0, 1, 2, 3].map((i) => intArg(runtime, args, i));
      return new ApexTime(((hour * 60 + minute) * 60 + second) * 1000 + millisecond);
    },
  },
  methods: {
    'hour()': (_runtime, self) => Math.floor(self.ms / 3_600_000),
    'minute()': (_runtime, self) => Math.floor(self.ms / 60_000) % 60,
    'second()': (_runtime, self) => Math.floor(self.ms / 1000) % 60,
    'millisecond()': (_runtime, self) => self.ms % 1000,
    'addHours(Integer)': plus(3_600_000),
    'addMinutes(Integer)': plus(60_000),
    'addSeconds(Integer)': plus(1000),
    'addMilliseconds(Integer)': plus(1),
  },
};
