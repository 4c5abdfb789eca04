import { isDmlOptions } from '../Database/DmlOptions.ts';
import { T } from '../../types.ts';
import { ApexId } from '../../values/apex-id.ts';
import { ApexList } from '../../values/apex-list.ts';
import { ApexObject } from '../../values/apex-object.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import { NO_MESSAGE } from '../../values/stringify.ts';
import type { ApexValue } from '../../values/values.ts';
import { booleanArg, instanceArg, nativeArg, textArg } from '../arguments.ts';
import { makeStringMap } from '../collections.ts';
import { cloneRecord, fieldNamed, parentField, populatedFields, putField, putParent, readField, readParent } from '../sobjects.ts';
import { fieldOfToken, sobjectTypeToken } from '../tokens.ts';
import type { NativeMethod, PlatformClass, Runtime } from '../types.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { NotSupported } from '../../../errors.ts';
import { triggerState } from './Trigger.ts';

type Method = NativeMethod<SObjectValue>;
type Args = Parameters<Method>[2];

/** The field that the first argument names, as a text or as a token. */
function fieldArg(runtime: Runtime, self: SObjectValue, args: Args): FieldDef {
  if (typeof args[0] === 'string') return fieldNamed(runtime, self.object, args[0]);
  const token = fieldOfToken(nativeArg(runtime, args, 0));
  if (token.object.name !== self.object.name) {
    return runtime.throwApex(
      'SObjectException',
      `${token.object.name}.${token.field.name} does not belong to SObject type ${self.object.name}`,
    );
  }
  return token.field;
}

function parentArg(runtime: Runtime, self: SObjectValue, args: Args): FieldDef {
  return typeof args[0] === 'string' ? parentField(runtime, self.object, args[0]) : fieldArg(runtime, self, args);
}

/**
 * Outside of triggers some records take errors and others do not, by rules that no page tells.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_exceptions.htm
 */
function addError(runtime: Runtime, self: SObjectValue, message: string, field: FieldDef | null): null {
  if (triggerState(runtime) === null) throw new NotSupported('SObject.addError outside of a trigger', runtime.location());
  self.errors.push({ message, field: field?.name ?? null });
  return null;
}

const addTextError: Method = (runtime, self, args) => addError(runtime, self, textArg(runtime, args, 0), null);
const addFieldError: Method = (runtime, self, args) => addError(runtime, self, textArg(runtime, args, 1), fieldArg(runtime, self, args));
const addExceptionError: Method = (runtime, self, args) =>
  addError(runtime, self, instanceArg(runtime, args, 0, ApexObject).exception?.message ?? NO_MESSAGE, null);

const clone: Method = (runtime, self, args) => {
  const [id, deep, readonlyTimestamps, autonumber] = [0, 1, 2, 3].map((i) => i < args.length && booleanArg(runtime, args, i));
  const copy = cloneRecord(self, { id: id === true, readonlyTimestamps: readonlyTimestamps === true, autonumber: autonumber === true });
  if (deep === true) {
    for (const [name, parent] of copy.parents)
      copy.parents.set(name, parent && cloneRecord(parent, { id: true, readonlyTimestamps: true, autonumber: true }));
  }
  return copy;
};

const get: Method = (runtime, self, args) => readField(runtime, self, fieldArg(runtime, self, args));
const put: Method = (runtime, self, args) => putField(runtime, self, fieldArg(runtime, self, args), args[1] ?? null);
const isSet: Method = (runtime, self, args) => self.fields.has(fieldArg(runtime, self, args).name);
const getSObject: Method = (runtime, self, args) => readParent(runtime, self, parentArg(runtime, self, args));
const putSObject: Method = (runtime, self, args) =>
  putParent(runtime, self, parentArg(runtime, self, args), args[1] == null ? null : instanceArg(runtime, args, 1, SObjectValue));

/** The children that the query asked for; null where there are none. */
const getSObjects: Method = (runtime, self, args) => {
  const name = textArg(runtime, args, 0);
  const found = runtime.tx.schema.childRelationship(self.object, name);
  if (found.kind === 'unsupported') throw new NotSupported(`the relationship ${self.object.name}.${name}`, runtime.location());
  if (found.kind === 'unknown') return runtime.throwApex('SObjectException', `Invalid relationship ${name} for ${self.object.name}`);
  const children = self.children.get(found.def.relationshipName);
  return children === undefined || children.items.length === 0 ? null : new ApexList(children.elementType, [...children.items]);
};

/** A polymorphic parent shows as the pseudo-object Name; what it really is, its id tells. */
function actualObject(runtime: Runtime, self: SObjectValue): ObjectDef {
  const id = self.fields.get('Id');
  const actual = self.object.name === 'Name' && id instanceof ApexId ? runtime.tx.schema.objectByPrefix(id.keyPrefix) : undefined;
  return actual ?? self.object;
}

export const SObjectClass: PlatformClass<SObjectValue> = {
  name: 'SObject',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_sobject.htm',
  methods: {
    'addError(String)': addTextError,
    'addError(String,Boolean)': addTextError,
    'addError(Exception)': addExceptionError,
    'addError(Exception,Boolean)': addExceptionError,
    'addError(String,String)': addFieldError,
    'addError(String,String,Boolean)': addFieldError,
    'addError(Schema.SObjectField,String)': addFieldError,
    'addError(Schema.SObjectField,String,Boolean)': addFieldError,
    'clear()': (runtime, self) => {
      if (self.readOnly) return runtime.throwApex('FinalException', 'Record is read-only');
      self.fields.clear();
      self.parents.clear();
      return null;
    },
    'clone()': clone,
    'clone(Boolean)': clone,
    'clone(Boolean,Boolean)': clone,
    'clone(Boolean,Boolean,Boolean)': clone,
    'clone(Boolean,Boolean,Boolean,Boolean)': clone,
    'get(String)': get,
    'get(Schema.SObjectField)': get,
    'getPopulatedFieldsAsMap()': (runtime, self) => {
      const entries: [string, ApexValue][] = populatedFields(self);
      for (const [name, parent] of self.parents) if (parent !== null) entries.push([name, parent]);
      for (const [name, children] of self.children) entries.push([name, children]);
      return makeStringMap(runtime, T.Object, entries);
    },
    'getOptions()': (_runtime, self) => self.options,
    'getSObject(String)': getSObject,
    'getSObject(Schema.SObjectField)': getSObject,
    'getSObjects(String)': getSObjects,
    'getSObjectType()': (runtime, self) => sobjectTypeToken(actualObject(runtime, self)),
    'hasErrors()': (_runtime, self) => self.errors.length > 0,
    'isSet(String)': isSet,
    'isSet(Schema.SObjectField)': isSet,
    'put(String,Object)': put,
    'put(Schema.SObjectField,Object)': put,
    'putSObject(String,SObject)': putSObject,
    'putSObject(Schema.SObjectField,SObject)': putSObject,
    /** Of what can be set in them, only the default assignment rule, nothing changes the save. */
    'setOptions(Object)': (runtime, self, args) => {
      const [options = null] = args;
      if (!isDmlOptions(options)) throw new NotSupported('SObject.setOptions with anything but Database.DMLOptions', runtime.location());
      self.options = options;
      return null;
    },
  },
};
