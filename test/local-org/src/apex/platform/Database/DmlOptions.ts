import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import { storedProperties } from '../properties.ts';
import type { PlatformClass } from '../types.ts';

const OPTIONS = 'Database.DMLOptions';
const HEADER = 'Database.DMLOptions.AssignmentRuleHeader';

/** Options of a record's next save. Those that are not listed are refused. */
export const DmlOptionsClass: PlatformClass<NativeObject> = {
  name: OPTIONS,
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_database_dmloptions.htm',
  constructors: {
    '()': () => {
      const options = new NativeObject(T.platform(OPTIONS));
      options.properties.set('AssignmentRuleHeader', new NativeObject(T.platform(HEADER)));
      return options;
    },
  },
  properties: storedProperties('AssignmentRuleHeader'),
};

/** The org has no assignment rules, and none can be deployed: the default rule changes no owner. */
export const AssignmentRuleHeaderClass: PlatformClass<NativeObject> = {
  name: HEADER,
  page: DmlOptionsClass.page,
  constructors: { '()': () => new NativeObject(T.platform(HEADER)) },
  properties: storedProperties('UseDefaultRule'),
};

/** Whether a value can be the options of a record. */
export function isDmlOptions(value: unknown): boolean {
  return value instanceof NativeObject && value.type === T.platform(OPTIONS);
}
