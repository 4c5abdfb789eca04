import { T } from '../../types.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexMap } from '../../values/apex-map.ts';
import { ApexObject, type DmlFailure, type ExceptionState } from '../../values/apex-object.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import { NO_MESSAGE, qualifiedTypeName } from '../../values/stringify.ts';
import type { ApexValue } from '../../values/values.ts';
import { instanceArg, intArg, textOrNull } from '../arguments.ts';
import { makeSet, putInMap } from '../collections.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

type Method = NativeMethod<ApexObject>;

function exceptionOf(self: ApexObject): ExceptionState {
  if (!self.exception) throw new TypeError(`${self.class.type.name} is no exception`);
  return self.exception;
}

/** Something of one failed record, by its position among the failures. */
const failure =
  (pick: (failed: DmlFailure) => ApexValue): Method =>
  (runtime, self, args) => {
    const index = intArg(runtime, args, 0);
    const failed = exceptionOf(self).dml[index];
    return failed ? pick(failed) : runtime.throwApex('ListException', `List index out of bounds: ${index}`);
  };

/** The methods that every exception inherits. */
export const ExceptionClass: PlatformClass<ApexObject> = {
  name: 'Exception',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_classes_exception_methods.htm',
  methods: {
    'getCause()': (_runtime, self) => exceptionOf(self).cause,
    'getLineNumber()': (_runtime, self) => exceptionOf(self).line,
    'getMessage()': (_runtime, self) => exceptionOf(self).message ?? NO_MESSAGE,
    'getStackTraceString()': (_runtime, self) => exceptionOf(self).stack,
    'getTypeName()': (_runtime, self) => qualifiedTypeName(self.class.type),
    'initCause(Exception)': (runtime, self, args) => {
      exceptionOf(self).cause = instanceArg(runtime, args, 0, ApexObject);
      return null;
    },
    'setMessage(String)': (_runtime, self, args) => {
      exceptionOf(self).message = textOrNull(args, 0);
      return null;
    },
    'getNumDml()': (_runtime, self) => exceptionOf(self).dml.length,
    'getDmlFieldNames(Integer)': failure((failed) => new ApexList(T.String, [...failed.fields])),
    'getDmlId(Integer)': failure((failed) => failed.id),
    'getDmlIndex(Integer)': failure((failed) => failed.index),
    'getDmlMessage(Integer)': failure((failed) => failed.message),
    'getDmlStatusCode(Integer)': failure((failed) => failed.statusCode),
    'getDmlType(Integer)': failure((failed) => platformEnumValue('StatusCode', failed.statusCode)),
  },
};

export const QueryExceptionClass: PlatformClass<ApexObject> = {
  name: 'QueryException',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_enforce_usermode.htm',
  methods: {
    'getInaccessibleFields()': (runtime, self) => {
      const map = new ApexMap(T.String, T.set(T.String));
      for (const [object, fields] of exceptionOf(self).inaccessibleFields)
        putInMap(runtime, map, object, makeSet(runtime, T.String, fields));
      return map;
    },
  },
};
