import type { UserAccess } from '../../access/types.ts';
import type { Transaction } from '../../transaction/types.ts';
import type { AccessMode } from '../../dml/types.ts';
import type { BindValue, QueryResult } from '../../soql/types.ts';
import type { ApexType } from '../types.ts';
import type { ApexEnumValue } from '../values/apex-enum-value.ts';
import type { ApexObject, DmlFailure } from '../values/apex-object.ts';
import type { ApexValue } from '../values/values.ts';

/** What a platform method may ask of the running interpreter. Implemented in run/; passed to every call, never a global. */
export interface Runtime {
  readonly tx: Transaction;
  /** Throws a guest exception of a platform type: `throwApex('StringException', 'Invalid id: x')`. */
  throwApex(
    type: string,
    message: string,
    extra?: { dml?: readonly DmlFailure[]; inaccessibleFields?: ReadonlyMap<string, readonly string[]> },
  ): never;
  /** `String.valueOf(x)`: also what string concatenation and System.debug print. */
  stringify(value: ApexValue): string;
  /** The `==` of the language: strings without case, collections and sObjects deeply. */
  equals(a: ApexValue, b: ApexValue): boolean;
  /** The equality of Map keys, Set members and List.contains: case-sensitive; user `equals`/`hashCode` where declared. */
  keyEquals(a: ApexValue, b: ApexValue): boolean;
  /** A string that is equal for key-equal values (used as the hash of Map and Set). */
  keyOf(value: ApexValue): string;
  /** Ordering of List.sort: natural for primitives, `compareTo` for Comparable. */
  compare(a: ApexValue, b: ApexValue): number;
  typeOf(value: ApexValue): ApexType;
  isInstance(value: ApexValue, type: ApexType): boolean;
  /** Calls a method of a user object: `invoke(obj, 'compareTo', [other])`. */
  invoke(target: ApexObject, method: string, args: readonly ApexValue[]): ApexValue;
  /** Constructs a user class with its no-argument constructor (Type.newInstance, JSON.deserialize). */
  construct(type: ApexType): ApexValue;
  /** Resolves a type name as written in a string (`Type.forName`, JSON.deserialize to inner classes), or null. */
  findType(name: string): ApexType | null;
  /** Instance fields of a user class in declaration order, with types (JSON serialisation). */
  fieldsOf(type: ApexType): readonly { readonly name: string; readonly type: ApexType; readonly slot: number }[];
  /** The constants of an enum, user-written or of the platform, in order; null for any other type (JSON.deserialize). */
  enumConstants(type: ApexType): readonly ApexEnumValue[] | null;
  /** Dynamic SOQL. `mode` null = the default of the calling class. */
  query(soql: string, binds: ReadonlyMap<string, BindValue> | null, mode: AccessMode | null): QueryResult;
  dml(
    operation: 'insert' | 'update' | 'delete' | 'undelete' | 'upsert',
    records: ApexValue,
    options: { mode: AccessMode | null; allOrNone: boolean; externalIdField?: string },
  ): ApexValue;
  /** What the running user may do. */
  access(): UserAccess;
  /** Where the running statement stands, for exceptions and for NotSupported. */
  location(): { file: string; line: number; column: number };
  /** State of this transaction by key: RestContext, Test, statics of platform classes. */
  readonly state: Map<string, unknown>;
  /** Collects System.debug lines. */
  debug(line: string): void;
}

export type NativeStatic = (runtime: Runtime, args: readonly ApexValue[], typeArgs: readonly ApexType[]) => ApexValue;
export type NativeMethod<S> = (runtime: Runtime, self: S, args: readonly ApexValue[]) => ApexValue;

/**
 * The implementation of one platform class. Signatures come from the catalogue; a key names what is implemented:
 * `contains(String)` one overload by catalogue parameter types (generic parameters as `T`, `K`, `V`), or `debug/1` every overload of that arity, case as in the
 * catalogue. What has no entry is refused when the class that uses it is deployed.
 */
export interface PlatformClass<S = ApexValue> {
  /** Catalogue name: `String`, `Database.SaveResult`. */
  readonly name: string;
  /** Documentation page that the behaviour follows. */
  readonly page: string;
  readonly statics?: Readonly<Record<string, NativeStatic>>;
  readonly methods?: Readonly<Record<string, NativeMethod<S>>>;
  /** Keys `()`, `(Integer)`, … or `/1`. Receives the constructed type's arguments. */
  readonly constructors?: Readonly<Record<string, NativeStatic>>;
  /** Static properties and enum-like constants that are computed (`Trigger.new`, `AccessLevel.USER_MODE`). */
  readonly staticProperties?: Readonly<
    Record<string, { get: (runtime: Runtime) => ApexValue; set?: (runtime: Runtime, value: ApexValue) => void }>
  >;
  /** Instance properties; those of NativeObject.properties need only their names here. */
  readonly properties?: Readonly<
    Record<string, { get: (runtime: Runtime, self: S) => ApexValue; set?: (runtime: Runtime, self: S, value: ApexValue) => void }>
  >;
}
