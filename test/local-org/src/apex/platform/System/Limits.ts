import type { LimitName } from '../../../transaction/types.ts';
import type { NativeStatic, PlatformClass } from '../types.ts';

const used =
  (limit: LimitName): NativeStatic =>
  (runtime) =>
    runtime.tx.limits.used(limit);

const max =
  (limit: LimitName): NativeStatic =>
  (runtime) =>
    runtime.tx.limits.max(limit);

/** Milliseconds of a synchronous transaction, of which the budget of statements stands for all. */
const CPU_MILLISECONDS = 10_000;

const cpuTime: NativeStatic = (runtime) => {
  const { limits } = runtime.tx;
  return Math.floor((limits.used('statements') / limits.max('statements')) * CPU_MILLISECONDS);
};

/** The limits that the local org counts. Heap is not measured: its use is 0. */
export const LimitsClass: PlatformClass = {
  name: 'Limits',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_limits.htm',
  statics: {
    'getQueries()': used('queries'),
    'getLimitQueries()': max('queries'),
    'getQueryRows()': used('queryRows'),
    'getLimitQueryRows()': max('queryRows'),
    'getDmlStatements()': used('dmlStatements'),
    'getLimitDmlStatements()': max('dmlStatements'),
    'getDmlRows()': used('dmlRows'),
    'getLimitDmlRows()': max('dmlRows'),
    'getCpuTime()': cpuTime,
    'getLimitCpuTime()': () => CPU_MILLISECONDS,
    'getHeapSize()': used('heap'),
    'getLimitHeapSize()': max('heap'),
  },
};
