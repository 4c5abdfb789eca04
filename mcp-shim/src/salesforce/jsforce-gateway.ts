import { PassThrough } from 'node:stream';
import type { Connection } from './jsforce-connection.ts';
import * as z from 'zod';
import type { TokenSource } from '../auth/token-source.ts';
import { ContractError } from '../errors.ts';
import { packageName, packageVersion } from '../package-info.ts';
import {
  compositeRequest,
  describeRequest,
  queryRequest,
  serviceObjectRequest,
  serviceStatusRequest,
  userInfoRequest,
} from './api-request.ts';
import type { ApiRequest, NamedQuery, NamedRecord } from './api-request.ts';
import { fromFaults, parseFaults, toContractError } from './error-mapper.ts';
import type { ObjectDescribe, QueryResult, SalesforceGateway, UserInfo, WriteResponse } from './gateway.ts';
import { HttpFailure, isTokenRefused } from './http-failure.ts';
import type { HttpTransport } from './http-transport.ts';
import type { LimitInfo } from './limit-info.ts';
import type { Answers } from './look-up.ts';
import { TimeCache } from './time-cache.ts';

interface JsforceGatewayOptions {
  instanceUrl: string;
  tokens: TokenSource;
  /** With the leading v. */
  apiVersion: string;
  namespace?: string | undefined;
  transport: HttpTransport;
  now?: () => number;
}

/** Schema facts are kept this long per connection. */
const describeLifetimeMs = 15 * 60_000;

const queryAnswer = z.object({ totalSize: z.number(), done: z.boolean(), records: z.array(z.record(z.string(), z.unknown())) });
const recordAnswer = z.record(z.string(), z.unknown());
const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() })),
});
const userInfoAnswer = z
  .object({
    user_id: z.string(),
    organization_id: z.string(),
    preferred_username: z.string(),
    name: z.string(),
    zoneinfo: z.string().optional(),
  })
  .transform((info): UserInfo => ({
    userId: info.user_id,
    organizationId: info.organization_id,
    username: info.preferred_username,
    name: info.name,
    ...(isTimeZone(info.zoneinfo) ? { timeZone: info.zoneinfo } : {}),
  }));
const describeAnswer = z.object({
  name: z.string(),
  label: z.string(),
  keyPrefix: z.string().nullable(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      updateable: z.boolean(),
      nameField: z.boolean(),
      nillable: z.boolean(),
      length: z.number().default(0),
      referenceTo: z.array(z.string()).default([]),
      picklistValues: z
        .array(z.object({ value: z.string(), active: z.boolean() }))
        .default([])
        .transform((values) => values.filter(({ active }) => active).map(({ value }) => value)),
    }),
  ),
});

/**
 * The org by jsforce, which builds the URLs and headers. The bytes go through our own transport, per call, because jsforce's
 * follows redirects with the token, retries without bound and cannot be cancelled. jsforce is loaded with the first request.
 */
export class JsforceGateway implements SalesforceGateway {
  readonly instanceUrl: string;
  readonly apiVersion: string;
  readonly #options: JsforceGatewayOptions;
  readonly #describes: TimeCache<ObjectDescribe>;
  #connection: Promise<Connection> | undefined;

  constructor(options: JsforceGatewayOptions) {
    this.#options = options;
    this.instanceUrl = options.instanceUrl;
    this.apiVersion = options.apiVersion;
    this.#describes = new TimeCache(describeLifetimeMs, options.now ?? Date.now);
  }

  get limitInfo(): LimitInfo | undefined {
    return this.#options.transport.limitInfo;
  }

  /** Loads jsforce ahead of the first call. */
  async warmUp(): Promise<void> {
    await this.#connect();
  }

  query(soql: string, signal: AbortSignal): Promise<QueryResult> {
    return this.#read(queryRequest(this.apiVersion, soql), queryAnswer, signal);
  }

  async queries(queries: readonly NamedQuery[], signal: AbortSignal): Promise<Answers> {
    return toAnswers(await this.#read(compositeRequest(this.apiVersion, queries), compositeAnswer, signal));
  }

  async recordWith(record: NamedRecord, queries: readonly NamedQuery[], signal: AbortSignal) {
    const { compositeResponse } = await this.#read(compositeRequest(this.apiVersion, [record, ...queries]), compositeAnswer, signal);
    const part = compositeResponse.find(({ referenceId }) => referenceId === record.ref);
    return {
      record: toPart(part ?? { body: undefined, httpStatusCode: 200 }, recordAnswer),
      answers: toAnswers({ compositeResponse: compositeResponse.filter((other) => other !== part) }),
    };
  }

  describe(objectType: string, signal: AbortSignal): Promise<ObjectDescribe> {
    return this.#describes.get(objectType.toLowerCase(), () =>
      this.#read(describeRequest(this.apiVersion, objectType), describeAnswer, signal),
    );
  }

  peekDescribe(objectType: string): ObjectDescribe | undefined {
    return this.#describes.peek(objectType.toLowerCase());
  }

  serviceStatus(signal: AbortSignal): Promise<unknown> {
    return this.#read(serviceStatusRequest(this.#options.namespace), z.unknown(), signal);
  }

  serviceObject(objectType: string, signal: AbortSignal): Promise<unknown> {
    return this.#read(serviceObjectRequest(this.#options.namespace, objectType), z.unknown(), signal);
  }

  userInfo(signal: AbortSignal): Promise<UserInfo> {
    return this.#read(userInfoRequest(), userInfoAnswer, signal);
  }

  async write(request: ApiRequest, signal: AbortSignal): Promise<WriteResponse> {
    try {
      return { status: 200, body: await this.#send(request, signal) };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { status: error.response.statusCode, body: parseJson(error.response.body) };
    }
  }

  async #read<Answer>(request: ApiRequest, schema: z.ZodType<Answer>, signal: AbortSignal): Promise<Answer> {
    try {
      return parsed(await this.#send(request, signal), schema);
    } catch (error) {
      throw toContractError(error);
    }
  }

  /** Once more with a renewed token where the first was refused: then nothing had run, whatever was asked. */
  async #send(request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const { tokens } = this.#options;
    const token = await tokens.current(signal);
    try {
      return await this.#sendAs(token, request, signal);
    } catch (error) {
      if (!(error instanceof HttpFailure && isTokenRefused(error.response))) throw error;
      const renewed = await tokens.renew(token, signal);
      if (renewed === undefined) throw error;
      return this.#sendAs(renewed, request, signal);
    }
  }

  async #sendAs(token: string, request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const connection = await this.#connect();
    return connection.request(
      {
        method: request.method,
        url: request.path,
        headers:
          request.body === undefined ? { accept: 'application/json' } : { accept: 'application/json', 'content-type': 'application/json' },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      },
      { transport: this.#transportFor(token, signal) },
    );
  }

  /** jsforce's transport interface for one call: a promise that also has a `stream()`, which JSON requests do not read. */
  #transportFor(token: string, signal: AbortSignal) {
    const httpRequest = (request: { method: string; url: string; headers?: Record<string, string>; body?: unknown }) => {
      const { method, url, headers, body } = request;
      const sent = this.#options.transport.send(
        { method, url, headers: { ...headers, Authorization: `Bearer ${token}` }, ...(typeof body === 'string' ? { body } : {}) },
        signal,
      );
      return Object.assign(sent, { stream: () => new PassThrough() });
    };
    return { httpRequest };
  }

  #connect(): Promise<Connection> {
    const { instanceUrl, apiVersion } = this.#options;
    this.#connection ??= import('./jsforce-connection.ts').then(
      (module) =>
        new module.Connection({
          instanceUrl,
          version: apiVersion.slice(1),
          callOptions: { client: `${packageName}/${packageVersion}` },
        }),
    );
    return this.#connection;
  }
}

function toAnswers({ compositeResponse }: z.output<typeof compositeAnswer>): Answers {
  return new Map(compositeResponse.map((part) => [part.referenceId, toPart(part, queryAnswer)]));
}

function toPart<Answer>(part: { body: unknown; httpStatusCode: number }, schema: z.ZodType<Answer>): Answer | ContractError {
  return part.httpStatusCode < 300 ? parsed(part.body, schema) : fromFaults(part.httpStatusCode, parseFaults(part.body) ?? []);
}

function isTimeZone(id: string | undefined): id is string {
  // Intl throws for what it does not know, and for nothing else.
  try {
    return id !== undefined && new Intl.DateTimeFormat('en', { timeZone: id }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

function parsed<Answer>(body: unknown, schema: z.ZodType<Answer>): Answer {
  const outcome = schema.safeParse(body);
  if (outcome.success) return outcome.data;
  throw new ContractError(
    'SF_API_ERROR',
    'Salesforce answered with something that is not what its API documents. Check that SFDC_INSTANCE_URL is the org itself and no proxy or login page.',
    { cause: 'UNEXPECTED_RESPONSE', problem: z.prettifyError(outcome.error).slice(0, 300) },
    { cause: outcome.error },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: the caller judges by the status
  }
}
