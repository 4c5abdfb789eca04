import { NotSupported } from '../../../errors.ts';
import { T, typeName, type ApexType } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexSet } from '../../values/apex-set.ts';
import { TypeValue } from '../../values/type-value.ts';
import type { ApexValue } from '../../values/values.ts';
import { textArg, textOrNull } from '../arguments.ts';
import { sobjectTypeOf } from '../collections.ts';
import type { PlatformClass, Runtime } from '../types.ts';

function find(runtime: Runtime, name: string): ApexValue {
  const type = runtime.findType(name);
  return type && new TypeValue(type);
}

function newInstance(runtime: Runtime, type: ApexType): ApexValue {
  const [first = T.Object, second = T.Object] = type.args;
  if (type.kind === 'user' || type.kind === 'sobject') return runtime.construct(type);
  if (type.name === 'List') return new ApexList(first);
  if (type.name === 'Set') return new ApexSet(first);
  if (type.name === 'Map') return new ApexMap(first, second);
  throw new NotSupported(`Type.newInstance of ${typeName(type)}`, runtime.location());
}

export const TypeClass: PlatformClass<TypeValue> = {
  name: 'Type',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_type.htm',
  statics: {
    'forName(String)': (runtime, args) => find(runtime, textArg(runtime, args, 0)),
    'forName(String,String)': (runtime, args) => {
      const namespace = textOrNull(args, 0) ?? '';
      const name = textArg(runtime, args, 1);
      return find(runtime, namespace === '' ? name : `${namespace}.${name}`);
    },
  },
  properties: { SObjectType: { get: (runtime, self) => sobjectTypeOf(runtime, self.type) } },
  methods: {
    'equals(Object)': (_runtime, self, args) => args[0] instanceof TypeValue && args[0].type === self.type,
    'getName()': (_runtime, self) => typeName(self.type),
    'newInstance()': (runtime, self) => newInstance(runtime, self.type),
    'toString()': (_runtime, self) => typeName(self.type),
  },
};
