import { ApexId } from '../../values/apex-id.ts';
import { booleanArg, textArg, textOrNull } from '../arguments.ts';
import { sobjectTypeToken } from '../tokens.ts';
import type { PlatformClass } from '../types.ts';

export const IdClass: PlatformClass<ApexId> = {
  name: 'Id',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_id.htm',
  statics: {
    'valueOf(String)': (runtime, args) => {
      const text = textArg(runtime, args, 0);
      return ApexId.parse(text) ?? runtime.throwApex('StringException', `Invalid id: ${text}`);
    },
    'valueOf(String,Boolean)': (runtime, args) => {
      const text = textArg(runtime, args, 0);
      const id = booleanArg(runtime, args, 1) ? ApexId.parseRestoringCase(text) : ApexId.parse(text);
      return id ?? runtime.throwApex('StringException', `Invalid id: ${text}`);
    },
  },
  methods: {
    'to15()': (_runtime, self) => self.to15(),
    'equals(String)': (_runtime, self, args) => {
      const text = textOrNull(args, 0);
      return text !== null && ApexId.parse(text)?.value === self.value;
    },
    'getSobjectType()': (runtime, self) => {
      const object = runtime.tx.schema.objectByPrefix(self.keyPrefix);
      return object ? sobjectTypeToken(object) : runtime.throwApex('SObjectException', `Cannot locate Apex Type for ID: ${self.value}`);
    },
  },
};
