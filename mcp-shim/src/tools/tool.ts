import type * as z from 'zod';
import type { Runtime } from '../runtime.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { AskPerson } from '../writes/approval.ts';

/** What a call brings along: who asks, and when it is over. */
export interface ToolContext extends Runtime {
  /** Aborts when the client cancels or the time limit is reached; goes down to every request. */
  signal: AbortSignal;
  /** Name and version of the MCP client, as it declares itself. */
  client: string;
  /** Asks the person at the client, outside the time limit; absent where the client cannot. */
  askPerson?: AskPerson;
}

export interface ToolAnnotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** A tool is data. It knows nothing of MCP, and it does not catch: the dispatcher maps every error. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  /** Says "Salesforce", because hosts list tools of many servers side by side. */
  title: string;
  /** Below 450 characters; its first sentence says "Salesforce". */
  description: string;
  /** Strict. Built when the tool is first called, since building schemas would cost every start. */
  input: () => Input;
  /** The exact shape of a result that is no dry run. */
  output: () => Output;
  annotations: ToolAnnotations;
  /** True where the call goes even when the org's API requests are nearly used up. */
  alwaysAdmitted?: boolean;
  /** What `dry_run` shows: the requests this call would send, as far as cache and configuration tell. Sends nothing. */
  plan: (args: z.output<Input>, context: ToolContext) => ApiRequest[] | Promise<ApiRequest[]>;
  handler: (args: z.output<Input>, context: ToolContext) => Promise<z.input<Output>>;
}

/** A tool of any shape. `never` keeps its functions from being called with arguments that its own schema has not parsed. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  input: () => z.ZodObject;
  output: () => z.ZodObject;
  annotations: ToolAnnotations;
  alwaysAdmitted?: boolean;
  plan: (args: never, context: ToolContext) => ApiRequest[] | Promise<ApiRequest[]>;
  handler: (args: never, context: ToolContext) => Promise<unknown>;
}

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(tool: ToolDefinition<Input, Output>): Tool {
  return tool;
}
