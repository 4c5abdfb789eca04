import type { DmlError, DmlResult } from '../../../dml/types.ts';
import { T } from '../../types.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { NativeObject } from '../../values/native-object.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import type { NativeMethod, PlatformClass } from '../types.ts';

type Operation = 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';

const RESULT_TYPES: Readonly<Record<Operation, string>> = {
  insert: 'Database.SaveResult',
  update: 'Database.SaveResult',
  delete: 'Database.DeleteResult',
  undelete: 'Database.UndeleteResult',
  upsert: 'Database.UpsertResult',
};

/**
 * What `Database.insert` and its kin return: one result for one record, a list for a list.
 * `runtime.dml` builds its answer with this.
 */
export function dmlResultValue(operation: Operation, results: readonly DmlResult[], single: boolean): ApexValue {
  const type = T.platform(RESULT_TYPES[operation]);
  const values = results.map((result) => new NativeObject(type, result));
  return single ? (values[0] ?? null) : new ApexList(type, values);
}

const resultOf = (self: NativeObject): DmlResult => self.data as DmlResult;
const ERROR = T.platform('Database.Error');

const common: Readonly<Record<string, NativeMethod<NativeObject>>> = {
  'getErrors()': (_runtime, self) =>
    new ApexList(
      ERROR,
      resultOf(self).errors.map((error) => new NativeObject(ERROR, error)),
    ),
  'getId()': (_runtime, self) => {
    const { id } = resultOf(self);
    return id === null ? null : ApexId.of(id);
  },
  'isSuccess()': (_runtime, self) => resultOf(self).success,
};

const PAGES = 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/';

export const SaveResultClass: PlatformClass<NativeObject> = {
  name: 'Database.SaveResult',
  page: `${PAGES}apex_methods_system_database_saveresult.htm`,
  methods: common,
};

export const DeleteResultClass: PlatformClass<NativeObject> = {
  name: 'Database.DeleteResult',
  page: `${PAGES}apex_methods_system_database_deleteresult.htm`,
  methods: common,
};

export const UndeleteResultClass: PlatformClass<NativeObject> = {
  name: 'Database.UndeleteResult',
  page: `${PAGES}apex_methods_system_database_undeleteresult.htm`,
  methods: common,
};

export const UpsertResultClass: PlatformClass<NativeObject> = {
  name: 'Database.UpsertResult',
  page: `${PAGES}apex_methods_system_database_upsertresult.htm`,
  methods: { ...common, 'isCreated()': (_runtime, self) => resultOf(self).created },
};

const errorOf = (self: NativeObject): DmlError => self.data as DmlError;

export const DatabaseErrorClass: PlatformClass<NativeObject> = {
  name: 'Database.Error',
  page: `${PAGES}apex_methods_system_database_error.htm`,
  methods: {
    'getFields()': (_runtime, self) => new ApexList(T.String, [...errorOf(self).fields]),
    'getMessage()': (_runtime, self) => errorOf(self).message,
    'getStatusCode()': (_runtime, self) => platformEnumValue('StatusCode', errorOf(self).statusCode),
  },
};
