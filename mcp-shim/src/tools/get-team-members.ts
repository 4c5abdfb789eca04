import * as z from 'zod';
import { compositeRequest } from '../salesforce/api-request.ts';
import type { NamedQuery } from '../salesforce/api-request.ts';
import { rowsOf } from '../salesforce/look-up.ts';
import { isRecordId, toLongId } from '../salesforce/record-id.ts';
import { compare, equals, selectSoql } from '../salesforce/soql-builder.ts';
import { noSuchUser, planResolveUser, resolveUser, userByIdQuery } from './resolve-user.ts';
import { metaOf } from './result-meta.ts';
import { rowsThatFit } from './rows-that-fit.ts';
import { dryRun, resultMeta, userReference } from './shared-schemas.ts';
import { maxListCellLength } from './summaries/read-summary.ts';
import { teamMember, teamMemberFields, toTeamMember } from './summaries/team-member.ts';
import { defineTool } from './tool.ts';
import type { ToolContext } from './tool.ts';
import { planDescribes, supposedSelect, visibleSelect } from './visible-select.ts';

const wanted = { from: 'User', fields: Object.values(teamMemberFields), required: ['ManagerId', 'IsActive'] };
const maxMembers = 200;

export const getTeamMembers = defineTool({
  name: 'get_team_members',
  title: "List a Salesforce manager's team",
  description:
    'List the active Salesforce users who report directly to a manager (Manager on the user record), by name, with e-mail, title and ' +
    'role. count is the number of all of them; at most 200 are listed. Use it before asking for the pipeline of a team.',
  input: () => z.strictObject({ manager_id: userReference('User id, username, e-mail or me'), dry_run: dryRun() }),
  output: () =>
    z.strictObject({
      team_members: z.array(teamMember()),
      count: z.int(),
      truncated: z.boolean().optional(),
      meta: resultMeta().optional(),
    }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  plan: ({ manager_id: reference }, context) => [
    ...planDescribes(wanted, context),
    ...planResolveUser(reference, context),
    compositeRequest(context.config.apiVersion, queriesFor(supposedId(reference, context), supposedSelect(wanted, context).fields)),
  ],
  handler: async ({ manager_id: reference }, context) => {
    const { fields, hidden } = await visibleSelect(wanted, context);
    const managerId = await resolveUser(reference, context);
    const answers = await context.salesforce.queries(queriesFor(managerId, fields), context.signal);
    if (rowsOf(answers, 'manager').length === 0) throw noSuchUser('manager_id', reference);
    const members = rowsOf(answers, 'members').map((record) => toTeamMember(record, maxListCellLength));
    const count = Number(rowsOf(answers, 'count')[0]?.['total'] ?? 0);
    const shown = rowsThatFit(members);
    const notes = count > shown.length ? [`The first ${shown.length} of ${count.toLocaleString('en-US')} are listed.`] : [];
    return {
      team_members: shown,
      count,
      ...(shown.length < count ? { truncated: true } : {}),
      ...metaOf({ notes, fields_not_visible: hidden }),
    };
  },
});

/** For a dry run, which does not look users up. */
function supposedId(reference: string, context: ToolContext): string {
  if (isRecordId(reference)) return toLongId(reference);
  return (reference.toLowerCase() === 'me' ? context.user.peek()?.userId : undefined) ?? `id of ${reference}`;
}

function queriesFor(managerId: string, fields: readonly string[]): NamedQuery[] {
  const where = [equals('ManagerId', managerId), compare('IsActive', '=', 'true')];
  return [
    userByIdQuery('manager', managerId),
    { ref: 'members', soql: selectSoql({ fields, from: 'User', where, orderBy: ['Name', 'Id'], limit: maxMembers }) },
    {
      ref: 'count',
      soql: selectSoql({ fields: [], aggregates: [{ function: 'COUNT', field: 'Id', as: 'total' }], from: 'User', where }),
    },
  ];
}
