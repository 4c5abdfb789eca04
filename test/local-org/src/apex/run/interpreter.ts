import { platformType } from '../../catalog/platform-types.ts';
import type { ApexEnumValue } from '../values/apex-enum-value.ts';
import { platformEnum } from '../values/platform-enum.ts';
import type { DmlFailure, ExceptionState } from '../values/apex-object.ts';
import { ApexObject } from '../values/apex-object.ts';
import { USER_MODE } from '../../access/types.ts';
import type { Enforcement, UserAccess } from '../../access/types.ts';
import { userAccess } from '../../access/user-access.ts';
import type { AccessMode } from '../../dml/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { BindValue, CompiledQuery, QueryResult } from '../../soql/types.ts';
import { countsAsQuery } from '../../soql/custom-metadata-rules.ts';
import { runQuery } from '../../soql/run-query.ts';
import { InaccessibleNames, SoqlError } from '../../soql/types.ts';
import { LimitExceeded } from '../../transaction/types.ts';
import type { RunningUser, Transaction } from '../../transaction/types.ts';
import { NotSupported } from '../../errors.ts';
import type { ApexHost, DebugLine } from '../engine-types.ts';
import type { ClassSymbol, ConstructorSymbol, MethodSymbol, Routine } from '../check/symbols.ts';
import type { Program } from '../check/program.ts';
import { ClassSymbol as UserClass } from '../check/symbols.ts';
import { findWrittenType } from '../check/type-resolver.ts';
import { isSubtype } from '../check/type-relations.ts';
import type { Runtime } from '../platform/types.ts';
import { T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { compare } from '../values/compare.ts';
import { equals, identityKey, keyEquals, keyOf } from '../values/equality.ts';
import { stringify } from '../values/stringify.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import { ApexThrow } from './apex-throw.ts';
import { callInterfaceMethod } from './call-interface.ts';
import { runDml } from './dml.ts';
import { ApexTriggerPort } from './trigger-port.ts';
import { Frame } from './frame.ts';
import { MixedDml } from './mixed-dml.ts';
import { ObjectBehaviour } from './object-behaviour.ts';
import { platformExceptionClass } from './platform-exceptions.ts';
import { runDynamicQuery } from './dynamic-query.ts';
import { initializeInstance, initializeStatics } from './initializers.ts';
import { isIdentical, orderOf, runtimeTypeOf } from './value-types.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm maximum stack depth */
const MAX_DEPTH = 1000;

/** One transaction of guest code: statics, call stack and the services that platform classes ask for. */
export class Interpreter implements Runtime {
  readonly program: Program;
  readonly tx: Transaction;
  readonly host: ApexHost;
  readonly state = new Map<string, unknown>();
  readonly debugLines: DebugLine[] = [];
  readonly triggers = new ApexTriggerPort(this);
  readonly mixedDml = new MixedDml();
  private readonly frames: Frame[] = [];
  private readonly staticValues = new Map<ClassSymbol, ApexValue[]>();
  private readonly objects = new ObjectBehaviour(this);

  constructor(program: Program, tx: Transaction, host: ApexHost) {
    this.program = program;
    this.tx = tx;
    this.host = host;
  }

  // --- calls -------------------------------------------------------------------------------------------------------

  get depth(): number {
    return this.frames.length;
  }

  /** Drops the frames that an exception left behind. */
  unwind(depth: number): void {
    this.frames.length = depth;
  }

  countStatement(): void {
    this.tx.limits.count('statements');
  }

  runRoutine(routine: Routine | null, self: ApexValue, args: readonly ApexValue[]): ApexValue {
    if (!routine) throw new Error('a routine without code was called');
    const locals = new Array<ApexValue>(routine.frameSize).fill(null);
    for (let i = 0; i < args.length; i++) locals[i] = args[i] ?? null;
    const frame = new Frame(this, routine, this.frames.at(-1), self, locals);
    this.push(frame);
    routine.body(frame);
    this.frames.pop();
    return frame.result;
  }

  private push(frame: Frame): void {
    if (this.frames.length >= MAX_DEPTH) throw new LimitExceeded(`Maximum stack depth reached: ${MAX_DEPTH + 1}`);
    this.frames.push(frame);
  }

  /** Runs code outside any method (initialisers) in a frame of its own. */
  inFrame<R>(code: Pick<Routine, 'label' | 'file' | 'access'>, self: ApexValue, size: number, work: (frame: Frame) => R): R {
    const frame = new Frame(this, code, this.frames.at(-1), self, new Array<ApexValue>(size).fill(null));
    this.push(frame);
    const result = work(frame);
    this.frames.pop();
    return result;
  }

  callMethod(method: MethodSymbol, self: ApexValue, args: readonly ApexValue[]): ApexValue {
    if (method.isStatic) this.statics(method.owner);
    return this.runRoutine(method.routine, self, args);
  }

  callVirtual(self: ApexObject, signature: string, args: readonly ApexValue[]): ApexValue {
    const method = self.class instanceof UserClass ? self.class.implementation(signature) : undefined;
    if (!method) throw new NotSupported(`calling ${signature} on ${typeName(self.class.type)}`, this.location());
    return this.runRoutine(method.routine, self, args);
  }

  /** A method of a platform interface (Iterator, Comparable) on whatever implements it. */
  callInterface(self: ApexValue, name: string, args: readonly ApexValue[]): ApexValue {
    return callInterfaceMethod(this, self, name, args);
  }

  invoke(target: ApexObject, method: string, args: readonly ApexValue[]): ApexValue {
    return callInterfaceMethod(this, target, method, args);
  }

  // --- objects -----------------------------------------------------------------------------------------------------

  statics(cls: ClassSymbol): ApexValue[] {
    const known = this.staticValues.get(cls);
    if (known) return known;
    const values = new Array<ApexValue>(cls.staticSlots).fill(null);
    this.staticValues.set(cls, values);
    initializeStatics(cls, this, values);
    return values;
  }

  instantiate(constructor: ConstructorSymbol, args: readonly ApexValue[]): ApexValue {
    const object = this.allocate(constructor.owner);
    this.runConstructor(constructor, object, args);
    return object;
  }

  runConstructor(constructor: ConstructorSymbol, self: ApexValue, args: readonly ApexValue[]): ApexValue {
    this.statics(constructor.owner);
    return this.runRoutine(constructor.routine, self, args);
  }

  private allocate(cls: ClassSymbol): ApexObject {
    const object = new ApexObject(cls, cls.slots);
    if (cls.isException) object.exception = this.exceptionState(null);
    return object;
  }

  initialize(cls: ClassSymbol, self: ApexValue): void {
    initializeInstance(cls, this, self);
  }

  /** `new MyException('message')` where the class declares no constructor for it. */
  newException(cls: ClassSymbol, args: readonly ApexValue[]): ApexValue {
    const object = this.allocate(cls);
    for (const each of cls.lineage().reverse()) this.initialize(each, object);
    this.setExceptionArguments(object, args);
    return object;
  }

  newPlatformException(type: ApexType, args: readonly ApexValue[]): ApexObject {
    const object = new ApexObject(platformExceptionClass(type), 0);
    object.exception = this.exceptionState(null);
    this.setExceptionArguments(object, args);
    return object;
  }

  setExceptionArguments(self: ApexValue, args: readonly ApexValue[]): void {
    if (!(self instanceof ApexObject) || !self.exception) return;
    for (const arg of args) {
      if (typeof arg === 'string') self.exception.message = arg;
      else if (arg instanceof ApexObject) self.exception.cause = arg;
    }
  }

  private exceptionState(message: string | null): ExceptionState {
    return { message, cause: null, line: 0, stack: '', dml: [], inaccessibleFields: new Map() };
  }

  construct(type: ApexType): ApexValue {
    const cls = this.program.classNamed(type.name);
    if (type.kind === 'sobject')
      return new SObjectValue(this.objectNamed(type.name) ?? this.throwApex('TypeException', `Invalid type: ${type.name}`));
    const constructor = cls?.constructors.find((one) => one.params.length === 0);
    if (!cls || cls.isAbstract || !constructor) return this.throwApex('TypeException', `Type cannot be constructed: ${typeName(type)}`);
    return this.instantiate(constructor, []);
  }

  findType(name: string): ApexType | null {
    const found = findWrittenType(name, this.program);
    if (found === 'unsupported') throw new NotSupported(`the type ${name}`, this.location());
    return found ?? null;
  }

  fieldsOf(type: ApexType): readonly { readonly name: string; readonly type: ApexType; readonly slot: number }[] {
    const fields: { name: string; type: ApexType; slot: number }[] = [];
    for (let cls: ClassSymbol | null = this.program.classNamed(type.name) ?? null; cls; cls = cls.userSuperclass) {
      const own = [...cls.fields.values()].filter((field) => !field.isStatic && !field.isTransient);
      fields.unshift(...own.map(({ name, type: fieldType, slot }) => ({ name, type: fieldType, slot })));
    }
    return fields;
  }

  enumConstants(type: ApexType): readonly ApexEnumValue[] | null {
    if (type.kind === 'user') {
      const cls = this.program.classNamed(type.name);
      return cls?.kind === 'enum' ? cls.enumConstants : null;
    }
    return type.kind === 'platform' && platformType(type.name)?.kind === 'enum' ? platformEnum(type.name) : null;
  }

  // --- values ------------------------------------------------------------------------------------------------------

  stringify(value: ApexValue): string {
    return stringify(value, this.objects);
  }

  /** `null + 'x'` is `'nullx'`. */
  concatText(value: ApexValue): string {
    return typeof value === 'string' ? value : this.stringify(value);
  }

  equals(a: ApexValue, b: ApexValue): boolean {
    return equals(a, b, this.objects);
  }

  /** The method, not the operator: strings with case. */
  equalsMethod(a: ApexValue, b: ApexValue): boolean {
    return keyEquals(a, b, this.objects);
  }

  identical(a: ApexValue, b: ApexValue): boolean {
    return isIdentical(a, b);
  }

  keyEquals(a: ApexValue, b: ApexValue): boolean {
    return keyEquals(a, b, this.objects);
  }

  keyOf(value: ApexValue): string {
    return keyOf(value, this.objects);
  }

  compare(a: ApexValue, b: ApexValue): number {
    return compare(a, b, this.objects);
  }

  /** `<` and its kin; neither side is null. */
  order(a: ApexValue, b: ApexValue): number {
    return orderOf(a, b, this.objects);
  }

  hashCode(value: ApexValue): ApexValue {
    return this.objects.hashCode(value);
  }

  identityKey(object: ApexObject): string {
    return identityKey(object);
  }

  typeOf(value: ApexValue): ApexType {
    return runtimeTypeOf(value);
  }

  isInstance(value: ApexValue, type: ApexType): boolean {
    return value !== null && isSubtype(runtimeTypeOf(value), type, this.program);
  }

  // --- data --------------------------------------------------------------------------------------------------------

  access(): UserAccess {
    return userAccess(this.tx);
  }

  /** What a query or DML statement of the running code respects: what it says itself, else what its class stands for. */
  enforcement(mode: AccessMode | null): Enforcement {
    const frame = this.frames.at(-1);
    if ((mode ?? frame?.mode ?? 'user') === 'user') return USER_MODE;
    return { permissions: false, sharing: frame?.sharing ?? true };
  }

  runQuery(compiled: CompiledQuery, binds: readonly BindValue[], mode: AccessMode | null): QueryResult {
    if (countsAsQuery(compiled)) this.tx.limits.count('queries');
    try {
      const result = runQuery(compiled, this.tx, binds, this.enforcement(mode));
      this.tx.limits.count(
        'queryRows',
        result.kind === 'records' ? result.records.length : result.kind === 'aggregate' ? result.rows.length : 1,
      );
      return result;
    } catch (error) {
      if (error instanceof InaccessibleNames) return this.throwApex('QueryException', error.message, { inaccessibleFields: error.fields });
      if (error instanceof SoqlError) return this.throwApex('QueryException', error.message);
      if (error instanceof NotSupported) throw new NotSupported(error.construct, this.location());
      throw error;
    }
  }

  query(soql: string, binds: ReadonlyMap<string, BindValue> | null, mode: AccessMode | null): QueryResult {
    return runDynamicQuery(this, soql, binds, mode);
  }

  dml(
    operation: 'insert' | 'update' | 'delete' | 'undelete' | 'upsert',
    records: ApexValue,
    options: { mode: AccessMode | null; allOrNone: boolean; externalIdField?: string },
  ): ApexValue {
    return runDml(this, operation, records, options);
  }

  private objectNamed(name: string): ObjectDef | null {
    const found = this.program.schema.object(name);
    if (found.kind === 'unsupported') throw new NotSupported(`the object ${name}`, this.location());
    return found.kind === 'known' ? found.def : null;
  }

  userForRunAs(record: SObjectValue): RunningUser {
    // A user without an id is created on the way.
    if ((record.fields.get('Id') ?? null) === null) this.dml('insert', record, { mode: 'system', allOrNone: true });
    const id = record.fields.get('Id') ?? null;
    const user = id === null ? null : this.host.userById(this.tx.store, this.stringify(id));
    if (!user) return this.throwApex('TypeException', 'System.runAs of a user that is not in the database');
    return user;
  }

  // --- errors ------------------------------------------------------------------------------------------------------

  throwApex(
    type: string,
    message: string,
    extra: { dml?: readonly DmlFailure[]; inaccessibleFields?: ReadonlyMap<string, readonly string[]> } = {},
  ): never {
    const object = this.newPlatformException(T.platform(type), [message]);
    if (object.exception) {
      object.exception.dml = extra.dml ?? [];
      object.exception.inaccessibleFields = extra.inaccessibleFields ?? new Map();
    }
    return this.throwValue(object);
  }

  nullPointer(): never {
    return this.throwApex('NullPointerException', 'Attempt to de-reference a null object');
  }

  throwValue(value: ApexValue): never {
    if (!(value instanceof ApexObject) || !value.exception) return this.nullPointer();
    if (value.exception.stack === '') {
      value.exception.line = this.frames.at(-1)?.line ?? 0;
      value.exception.stack = this.stackTrace();
    }
    throw new ApexThrow(value);
  }

  stackTrace(): string {
    return this.frames
      .map((frame) => `${frame.label}: line ${frame.line}, column ${frame.column}`)
      .reverse()
      .join('\n');
  }

  location(): { file: string; line: number; column: number } {
    const frame = this.frames.at(-1);
    return { file: frame?.file ?? 'anonymous', line: frame?.line ?? 0, column: frame?.column ?? 1 };
  }

  debug(line: string): void {
    this.debugLines.push({ line: this.location().line, text: line });
  }
}
