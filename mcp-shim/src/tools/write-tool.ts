import type * as z from 'zod';
import { compositeRequest } from '../salesforce/api-request.ts';
import type { ApiRequest } from '../salesforce/api-request.ts';
import type { ShownChange } from '../writes/change-line.ts';
import type { WriteOutcome } from '../writes/write-outcome.ts';
import { labelOf } from './field-labels.ts';
import type { Labels } from './field-labels.ts';
import { nameQuery } from './named-record.ts';
import type { NamedArgument } from './named-record.ts';
import { defineTool } from './tool.ts';
import type { Tool, ToolContext } from './tool.ts';
import { commitAtOnce, previewWrite } from './write-flow.ts';
import type { PreparedWrite } from './write-flow.ts';
import { committedOutput, previewOutput } from './write-output.ts';

/** Arguments that every tool that writes takes. */
interface CommonArguments {
  justification?: string | undefined;
}

/** A write as data: what is asked of the service, and how it is told to people. Flow, confirmation and errors are the same for all. */
export interface WriteToolDefinition<Input extends z.ZodObject> {
  /** Of the tool and of the service's operation. */
  name: string;
  /** `Create a Salesforce case`. */
  title: string;
  /** What the change is, in a sentence that says "Salesforce". How it is confirmed is added. */
  summary: string;
  input: () => Input;
  /** What a committed write answers besides success and message, as the service's `result` names it. */
  result: () => z.ZodRawShape;
  /** The operation's input, as far as arguments and kept describes tell. */
  serviceInput: (args: z.output<Input>, context: ToolContext) => Record<string, unknown>;
  /** Known from the start, or found with checks that the service cannot say as well. */
  labels: Labels | ((args: z.output<Input>, context: ToolContext) => Promise<Labels>);
  /** The requests that finding the labels would send. */
  planLabels?: (args: z.output<Input>, context: ToolContext) => ApiRequest[];
  /** Records that the line calls by their names, not by the ids that are written. */
  names?: (args: z.output<Input>) => NamedArgument[];
  /** What the line calls the record; default: as the service does. */
  record?: (label: string) => string;
  /** What is written and is none of the service's `changes`; the line shows it as well. */
  besides?: (args: z.output<Input>) => ShownChange[];
  /** The message after a commit; default: which fields were updated. */
  done?: (outcome: WriteOutcome, args: z.output<Input>) => string;
}

/** A write tool by how it is confirmed. */
export interface WriteTool {
  name: string;
  /** Previews first; confirm_write or a person asked in the call commits. */
  required: Tool;
  /** For `REVOPS_CONFIRMATION=host`: one call commits, and the host's own dialog is all that stands before it. */
  host: Tool;
  result: () => z.ZodRawShape;
}

const previewedFirst =
  'Previews only: show the returned change line and its side effects to the user, then call confirm_write (within 10 minutes). ' +
  'Where the client can ask the user, the approved change is written at once.';
const writtenAtOnce = 'Writes at once, with its audit row: call it only after the user has agreed. A refusal changes nothing.';

export function defineWriteTool<Input extends z.ZodObject>(definition: WriteToolDefinition<Input>): WriteTool {
  type Args = z.output<Input>;
  const { name, input, result } = definition;
  const namesOf = (args: Args): NamedArgument[] => definition.names?.(args) ?? [];
  const intentFor = (args: Args, context: ToolContext) => {
    const { justification } = args as CommonArguments;
    return {
      request_id: context.newRequestId(),
      ...(justification === undefined ? {} : { justification }),
      client: context.client,
      input: definition.serviceInput(args, context),
    };
  };
  const planned = (args: Args, context: ToolContext): ApiRequest[] => [
    ...context.readiness.plan(),
    ...(definition.planLabels?.(args, context) ?? []),
  ];
  const prepare = async (args: Args, context: ToolContext): Promise<PreparedWrite> => {
    await context.readiness.ensure(context.signal);
    const labels = typeof definition.labels === 'function' ? await definition.labels(args, context) : definition.labels;
    return {
      operation: name,
      intent: intentFor(args, context),
      labels,
      names: namesOf(args),
      record: definition.record ?? ((label) => label),
      besides: definition.besides?.(args) ?? [],
      report: (outcome) => ({
        done: definition.done?.(outcome, args) ?? updated(outcome, labels),
        result: pick(outcome.result ?? {}, Object.keys(result())),
      }),
    };
  };
  return {
    name,
    result,
    required: defineTool({
      name,
      input,
      title: `Preview: ${definition.title.charAt(0).toLowerCase()}${definition.title.slice(1)}`,
      description: `${definition.summary} ${previewedFirst}`,
      output: () => previewOutput(result()),
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
      plan: (args, context) => {
        const queries = [...context.org.organization.pending().queries, ...namesOf(args).map(nameQuery)];
        return [
          ...planned(args, context),
          ...(queries.length === 0 ? [] : [compositeRequest(context.config.apiVersion, queries)]),
          context.writes.previewRequest(name, intentFor(args, context)),
        ];
      },
      handler: async (args, context) => previewWrite(await prepare(args, context), context),
    }),
    host: defineTool({
      name,
      input,
      title: definition.title,
      description: `${definition.summary} ${writtenAtOnce}`,
      output: () => committedOutput(result()),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
      plan: (args, context) => [
        ...planned(args, context),
        context.writes.commitRequest(name, { ...intentFor(args, context), confirmation: 'host' }),
      ],
      handler: async (args, context) => commitAtOnce(await prepare(args, context), context),
    }),
  };
}

function updated({ changes, changed }: WriteOutcome, labels: Labels): string {
  const names = changes.filter(({ requested }) => requested).map((change) => labelOf(change, labels));
  if (names.length === 0) return changed ? 'The change was made.' : 'Nothing had to be changed; the request was audited.';
  const all = names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  if (!changed) return `${all} already held ${names.length === 1 ? 'this value' : 'these values'}; the request was audited.`;
  return `${all} ${names.length === 1 ? 'was' : 'were'} updated.`;
}

function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key, value]) => keys.includes(key) && value !== null));
}
