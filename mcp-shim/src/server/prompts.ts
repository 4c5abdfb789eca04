import { cleanText } from '../untrusted-text.ts';
import type { Surface } from './instructions.ts';

export interface Prompt {
  name: string;
  title: string;
  description: string;
  arguments: readonly { name: string; description: string; required: false }[];
  /** What the user says; only tools of the surface are named. */
  text: (given: Readonly<Record<string, string>>, surface: Surface) => string;
}

const maxArgumentLength = 255;

const owner = {
  name: 'owner',
  description: 'Whose deals: me, username, e-mail or id; default: all that you see',
  required: false,
} as const;

export const prompts: readonly Prompt[] = [
  {
    name: 'forecast_review',
    title: 'Salesforce forecast review',
    description: 'What stands in the forecast, what moved, which commits are at risk and why',
    arguments: [owner],
    text: (given, surface) =>
      steps(`Review the Salesforce forecast of this quarter${of(given['owner'])}.`, surface, [
        ['get_pipeline_summary', 'get_pipeline_summary: totals, risk counts and closed-won to date.'],
        ['pipeline_by_stage', 'pipeline_by_stage: value and count by stage, and what is past due.'],
        ['at_risk_commits', 'at_risk_commits: each commit at risk with its reasons.'],
        ['stale_opps', 'stale_opps: deals that have not moved.'],
        ['pipeline_changes', 'pipeline_changes of the last 7 days: new, won, lost, pushed, up and down.'],
        [undefined, 'Then sum up in a table: the number to call, what speaks against it, and the three questions to ask the owners.'],
        correct(surface),
      ]),
  },
  {
    name: 'pipeline_hygiene',
    title: 'Salesforce pipeline hygiene',
    description: 'Open deals with missing or outdated fields, and a correction for each',
    arguments: [owner],
    text: (given, surface) =>
      steps(`Check the hygiene of the open Salesforce pipeline${of(given['owner'])}.`, surface, [
        ['get_opportunities', 'get_opportunities: close dates in the past, no amount, no next step, and the risk flags of each row.'],
        ['stale_opps', 'stale_opps: stages that nobody has moved.'],
        ['get_recent_activities', 'get_recent_activities for the five largest: what was really done last.'],
        [undefined, 'List per owner: deal, what is wrong, and the correction that you would propose, with its source.'],
        correct(surface),
      ]),
  },
  {
    name: 'weekly_audit_review',
    title: 'Weekly review of audited Salesforce changes',
    description: 'What was written through this server, what failed, and what deserves a second look',
    arguments: [{ name: 'since', description: 'First day, YYYY-MM-DD; default: 7 days ago', required: false }],
    text: (given, surface) =>
      steps(`Review what was changed in Salesforce through this server since ${given['since'] ?? '7 days ago'}.`, surface, [
        ['get_audit_trail', 'get_audit_trail with that day, page by page; then with failed_only. Say whether scope is own or all.'],
        [undefined, 'Sum up by user, operation and object; name repeated failures and their codes.'],
        [undefined, 'Name changes whose justification does not explain them, and large or unusual values.'],
        // A server that does not write asks the service for nothing, and the service keeps the date.
        ['update_field', 'check_connection: whether a review of access is due.'],
        [
          'revert_change',
          `For a change that looks wrong, propose revert_change; make none without my approval of its ${whatIsApproved(surface)}.`,
        ],
      ]),
  },
];

/** The prompt's text. @returns undefined for arguments that it does not have */
export function promptText(prompt: Prompt, given: Readonly<Record<string, string>>, surface: Surface): string | undefined {
  const known = new Set(prompt.arguments.map(({ name }) => name));
  if (Object.keys(given).some((name) => !known.has(name))) return undefined;
  const filled = Object.entries(given)
    .map(([name, text]) => [name, cleanText(text, maxArgumentLength).replace(/\s+/g, ' ').trim()] as const)
    .filter(([, text]) => text !== '');
  return prompt.text(Object.fromEntries(filled), surface);
}

/** A tool that the step needs, where it needs one, and what to do. */
type Step = readonly [tool: string | undefined, text: string];

function steps(task: string, { offered }: Surface, all: readonly Step[]): string {
  const possible = all.filter(([tool]) => tool === undefined || offered.has(tool));
  return [task, '', ...possible.map(([, text], index) => `${index + 1}. ${text}`)].join('\n');
}

function of(whom: string | undefined): string {
  return whom === undefined ? '' : ` of ${whom}`;
}

function correct(surface: Surface): Step {
  return [
    undefined,
    surface.offered.has('update_field')
      ? `Propose at most three corrections by update_field, each with a justification. Make none before I have approved its ${whatIsApproved(surface)}.`
      : 'Propose at most three corrections for somebody to make in Salesforce: this server changes nothing.',
  ];
}

/** Without previews there are no change lines. */
function whatIsApproved({ confirmation }: Surface): string {
  return confirmation === 'required' ? 'change line' : 'record and value';
}
