import { NotSupported } from '../../../errors.ts';
import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import type { ApexValue } from '../../values/values.ts';
import { listArg } from '../arguments.ts';
import { makeStringMap } from '../collections.ts';
import { describeObject } from '../describes.ts';
import { sobjectTypeToken } from '../tokens.ts';
import type { NativeStatic, PlatformClass, Runtime } from '../types.ts';

function describeNamed(runtime: Runtime, name: ApexValue): ApexValue {
  const text = String(name);
  const found = runtime.tx.schema.object(text);
  if (found.kind === 'unsupported') throw new NotSupported(`the object ${text}`, runtime.location());
  if (found.kind === 'known') return describeObject(runtime, found.def);
  return runtime.throwApex('InvalidParameterValueException', `sObject type '${text}' is not supported.`);
}

const describeSObjects: NativeStatic = (runtime, args) =>
  new ApexList(
    T.platform('Schema.DescribeSObjectResult'),
    listArg(runtime, args, 0).items.map((name) => describeNamed(runtime, name)),
  );

export const SchemaClass: PlatformClass = {
  name: 'Schema',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_schema.htm',
  statics: {
    'describeSObjects(List<String>)': describeSObjects,
    'describeSObjects(List<String>,Object)': describeSObjects,
    /** Keys ignore case. */
    'getGlobalDescribe()': (runtime) => {
      const tokens = [...runtime.tx.schema.objects()].map((object) => [object.name, sobjectTypeToken(object)] as const);
      return makeStringMap(runtime, T.platform('Schema.SObjectType'), tokens, true);
    },
  },
};
