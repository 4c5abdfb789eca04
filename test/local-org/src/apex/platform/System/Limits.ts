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

/** The limits that the local org counts. */
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
  },
};
