import type { PicklistEntry } from '../../../schema/types.ts';
import type { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

const answer =
  (pick: (entry: PicklistEntry) => ApexValue): NativeMethod<NativeObject> =>
  (_runtime, self) =>
    pick(self.data as PicklistEntry);

export const PicklistEntryClass: PlatformClass<NativeObject> = {
  name: 'Schema.PicklistEntry',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_Schema_PicklistEntry.htm',
  methods: {
    'getLabel()': answer((entry) => entry.label),
    'getValue()': answer((entry) => entry.value),
    'isActive()': answer((entry) => entry.active),
    'isDefaultValue()': answer((entry) => entry.defaultValue),
  },
};
