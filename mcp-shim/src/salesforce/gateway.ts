import type { ApiRequest, NamedQuery } from './api-request.ts';
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
  /** Kept for 15 minutes; failures are not kept. */
  describe(objectType: string, signal: AbortSignal): Promise<ObjectDescribe>;
  /** The describe that is kept, if one is; sends nothing. */
  peekDescribe(objectType: string): ObjectDescribe | undefined;
  userInfo(signal: AbortSignal): Promise<UserInfo>;
  /**
   * Sends one request to the Apex write service, exactly once.
   * @throws TransportFailure when no answer arrived: then it is not known what happened, unless its kind is `unreachable`
   */
  write(request: ApiRequest, signal: AbortSignal): Promise<WriteResponse>;
  readonly limitInfo: LimitInfo | undefined;
}
