import { textArg } from '../arguments.ts';
import type { PlatformClass } from '../types.ts';

export const FeatureManagementClass: PlatformClass = {
  name: 'FeatureManagement',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_FeatureManagement.htm',
  statics: {
    /** Whether the running user has a custom permission; one that does not exist nobody has. */
    'checkPermission(String)': (runtime, args) => runtime.access().hasCustomPermission(textArg(runtime, args, 0)),
  },
};
