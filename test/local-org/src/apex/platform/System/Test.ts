import type { PlatformClass, Runtime } from '../types.ts';

/** `runtime.state`: true in a test method. */
const IS_TEST = 'isTest';
/** `runtime.state`: how to put the counters back at stopTest; null when that has been done. */
const RESTORE = 'Test.restoreLimits';

const restoreOf = (runtime: Runtime): (() => void) | null | undefined => runtime.state.get(RESTORE) as (() => void) | null | undefined;

export const TestClass: PlatformClass = {
  name: 'Test',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_test.htm',
  statics: {
    'isRunningTest()': (runtime) => runtime.state.get(IS_TEST) === true,
    /** Fresh limits until stopTest; once in a test. */
    'startTest()': (runtime) => {
      if (restoreOf(runtime) !== undefined) return runtime.throwApex('FinalException', 'Testing already started');
      runtime.state.set(RESTORE, runtime.tx.limits.fresh());
      return null;
    },
    'stopTest()': (runtime) => {
      const restore = restoreOf(runtime);
      if (restore === undefined) return runtime.throwApex('FinalException', 'Testing has not started');
      if (restore === null) return runtime.throwApex('FinalException', 'Testing has already stopped');
      restore();
      runtime.state.set(RESTORE, null);
      return null;
    },
  },
};
