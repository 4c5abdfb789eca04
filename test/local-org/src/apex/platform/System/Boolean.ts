import { NotSupported } from '../../../errors.ts';
import { notNull } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

export const BooleanClass: PlatformClass<boolean> = {
  name: 'Boolean',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_boolean.htm',
  statics: {
    /** Any text but "true" (in any case) is false. */
    'valueOf(Object)': (runtime, args) => {
      const value = notNull(runtime, args, 0);
      if (typeof value === 'boolean') return value;
      if (typeof value === 'string') return value.toLowerCase() === 'true';
      throw new NotSupported('Boolean.valueOf of a value that is neither String nor Boolean', runtime.location());
    },
  },
};
