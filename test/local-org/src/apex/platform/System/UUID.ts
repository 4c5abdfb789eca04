import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import { textArg } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

const FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const UUIDClass: PlatformClass<NativeObject> = {
  name: 'UUID',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_UUID.htm',
  statics: {
    'randomUUID()': (runtime) => new NativeObject(T.platform('UUID'), null, runtime.tx.uuid()),
    'fromString(String)': (runtime, args) => {
      const text = textArg(runtime, args, 0);
      const value = text.toLowerCase();
      return FORM.test(value)
        ? new NativeObject(T.platform('UUID'), null, value)
        : runtime.throwApex('IllegalArgumentException', `Invalid UUID string: ${text}`);
    },
  },
  methods: {
    'equals(Object)': (runtime, self, args) => runtime.keyEquals(self, args[0] ?? null),
    'toString()': (_runtime, self) => self.key,
  },
};
