import * as z from 'zod';

export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

const severity = () => z.enum(severities, 'must be low, medium or high').describe('How much it weighs');
const days = (description: string) =>
  z
    .int('must be a whole number of days')
    .min(1, 'must be from 1 to 3,650 days')
    .max(3650, 'must be from 1 to 3,650 days')
    .describe(description);

const stageDays = () => days('Days, 1 to 3,650');

/** What `risk_thresholds.yaml` holds. A rule that is left out is off. */
export const riskThresholds = () =>
  z
    .strictObject({
      days_in_stage: z
        .strictObject({
          severity: severity(),
          default: days('Days in any stage that by_stage does not list'),
          by_stage: z.record(z.string().min(1).max(255), stageDays()).optional().describe('Days by stage: its label or API name'),
        })
        .optional()
        .describe('In the same stage for longer than this many days'),
      days_since_activity: z
        .strictObject({
          severity: severity(),
          days: days('Days without activity'),
          field: z
            .string()
            .regex(/^[A-Za-z]\w{0,79}$/, 'must be the API name of a field of Opportunity')
            .default('LastActivityDate')
            .describe('Date or date/time field of Opportunity'),
        })
        .optional()
        .describe('No activity for longer than this many days; without any, since creation'),
      close_date_passed: z.strictObject({ severity: severity() }).optional().describe('Open, and the close date lies before today'),
      pushed: z
        .strictObject({ severity: severity(), times: z.int().min(1).max(100).describe('PushCount from which it counts') })
        .optional()
        .describe('The close date was moved to a later month'),
      large_deal_without_next_step: z
        .strictObject({
          severity: severity(),
          amount: z.number().min(0).max(1e15).describe('Worth more than this'),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, 'must be an ISO code of three capital letters, such as EUR')
            .optional()
            .describe('ISO code; default: the corporate currency'),
        })
        .optional()
        .describe('Worth more than amount, and no next step'),
      no_amount: z.strictObject({ severity: severity() }).optional().describe('Amount is empty'),
      no_contact_role: z.strictObject({ severity: severity() }).optional().describe('No contact has a role in it'),
      inactive_owner: z.strictObject({ severity: severity() }).optional().describe('Its owner is inactive'),
      commit_closing_soon: z
        .strictObject({ severity: severity(), days: days('Days ahead') })
        .optional()
        .describe('In the commit stage, closing within this many days, no event ahead on the account'),
    })
    .describe('When an open Salesforce deal is at risk');
export type RiskThresholds = z.output<ReturnType<typeof riskThresholds>>;
export type RiskRule = keyof RiskThresholds;

/** The JSON schema of the file, as editors use it. */
export function riskThresholdsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(riskThresholds(), { target: 'draft-7', io: 'input' });
}
