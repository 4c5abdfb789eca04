import type { ApiRequest, NamedQuery, NamedRecord } from './api-request.ts';
import type { ContractError } from '../errors.ts';
import type { LimitInfo } from './limit-info.ts';

/** A record as REST returns it; `attributes` and nested records included. */
export type SalesforceRecord = Readonly<Record<string, unknown>>;

export interface QueryResult {
  totalSize: number;
  done: boolean;
  records: SalesforceRecord[];
}

export interface FieldDescribe {
  name: string;
  label: string;
  type: string;
  /** True when the connected user may edit it. */
  updateable: boolean;
  /** The field that a person knows the record by. At most one per object. */
  nameField: boolean;
  nillable: boolean;
  /** Longest text, in characters; 0 for other types. */
  length: number;
  /** The objects that a reference may point to. */
  referenceTo: string[];
  /** Active values, as records hold them. */
  picklistValues: string[];
}

/** What this user can see of an object; invisible fields are absent. */
export interface ObjectDescribe {
  name: string;
  label: string;
  /** The first three characters of its records' ids; null for objects without ids of their own. */
  keyPrefix: string | null;
  fields: FieldDescribe[];
}

export interface UserInfo {
  userId: string;
  organizationId: string;
  username: string;
  name: string;
  /** Time zone id, such as America/New_York; absent where the org does not say. */
  timeZone?: string;
}

/** The raw answer of the Apex write service, whatever its status: `writes/` judges it. */
export interface WriteResponse {
  status: number;
  /** Parsed JSON; undefined where the answer is not JSON. */
  body: unknown;
}

/**
 * The port to the org. Reads fail with ContractError. Every method takes the call's signal and ends with it.
 * Identifiers that reach it have been validated; SOQL comes from the builder or from the guard.
 */
export interface SalesforceGateway {
  readonly instanceUrl: string;
  readonly apiVersion: string;
  query(soql: string, signal: AbortSignal): Promise<QueryResult>;
  /** Up to five queries in one request. A query that fails is its error, under its own name. */
  queries(queries: readonly NamedQuery[], signal: AbortSignal): Promise<ReadonlyMap<string, QueryResult | ContractError>>;
  /** One record, with every field that this user can see, and queries about it, in one request. Each fails alone. */
  recordWith(
    record: NamedRecord,
    queries: readonly NamedQuery[],
    signal: AbortSignal,
  ): Promise<{ record: SalesforceRecord | ContractError; answers: ReadonlyMap<string, QueryResult | ContractError> }>;
  /** Kept for 15 minutes; failures are not kept. */
  describe(objectType: string, signal: AbortSignal): Promise<ObjectDescribe>;
  /** The describe that is kept, if one is; sends nothing. */
  peekDescribe(objectType: string): ObjectDescribe | undefined;
  /** What the Apex service says about itself; the JSON is judged by `writes/`. */
  serviceStatus(signal: AbortSignal): Promise<unknown>;
  /** What the Apex service says of an object's fields; the JSON is judged by `writes/`. */
  serviceObject(objectType: string, signal: AbortSignal): Promise<unknown>;
  userInfo(signal: AbortSignal): Promise<UserInfo>;
  /**
   * Sends one request to the Apex write service: a commit exactly once, a preview up to three times. A refused token is renewed
   * first, since then nothing has run.
   * @param call the call of which this request is one of several tries: they renew the token once among them. Default: `signal`
   * @throws TransportFailure when no answer arrived: then it is not known what happened, unless its kind is `unreachable`
   */
  write(request: ApiRequest, signal: AbortSignal, call?: AbortSignal): Promise<WriteResponse>;
  readonly limitInfo: LimitInfo | undefined;
}
