import * as z from 'zod';
import { severities } from '../../risk/risk-thresholds.ts';

/** Why a deal is at risk: the rule of the thresholds, and a reason with the numbers. */
export const riskFlag = () => z.strictObject({ rule: z.string(), severity: z.enum(severities), reason: z.string() });
