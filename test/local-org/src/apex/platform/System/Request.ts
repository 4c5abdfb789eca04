import { NotSupported } from '../../../errors.ts';
import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import type { PlatformClass, Runtime } from '../types.ts';

/** How guest code was entered, as far as the local org enters it. */
export type Quiddity = 'ANONYMOUS' | 'INVOCABLE_ACTION' | 'REST' | 'RUNTEST_SYNC';

const KEY = 'quiddity';

/** Says how the code that `runtime` runs was entered. */
export function enterRequest(runtime: Pick<Runtime, 'state'>, quiddity: Quiddity): void {
  runtime.state.set(KEY, quiddity);
}

export const RequestClass: PlatformClass<NativeObject> = {
  name: 'Request',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Request.htm',
  statics: { 'getCurrent()': (runtime) => new NativeObject(T.platform('Request'), null, runtime.tx.requestId) },
  methods: {
    'getRequestId()': (_runtime, self) => self.key,
    /** Of triggers that a data API fires, no page says it. */
    'getQuiddity()': (runtime) => {
      const quiddity = runtime.state.get(KEY);
      if (typeof quiddity !== 'string')
        throw new NotSupported('Request.getQuiddity() in a trigger that the data API fires', runtime.location());
      return platformEnumValue('Quiddity', quiddity);
    },
  },
};
