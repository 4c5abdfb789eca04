import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../run-command.ts';

const FOLDER = join(ROOT, 'config', 'data');
/** The day that the dates in config/data are laid out around. */
const PLAN_DAY = '2026-11-01';

/**
 * Copies the data plan to a temporary folder with its dates moved, so that what is due next week there is due next week now.
 * @param today `YYYY-MM-DD`
 * @returns the path of the copied plan
 */
export function copyDataPlan(today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(PLAN_DAY)) / 86_400_000);
  const target = mkdtempSync(join(tmpdir(), 'data-plan-'));
  for (const file of readdirSync(FOLDER)) {
    if (file.endsWith('.json')) writeFileSync(join(target, file), movedDates(readFileSync(join(FOLDER, file), 'utf8'), days));
  }
  return join(target, 'plan.json');
}

const Accounts = z.looseObject({ records: z.array(z.looseObject({ Name: z.string() })) });

/** The names of the plan's accounts: by them one sees whether an org has it already. */
export function demoAccounts(): string[] {
  return Accounts.parse(JSON.parse(readFileSync(join(FOLDER, 'Accounts.json'), 'utf8'))).records.map(({ Name }) => Name);
}

/** Every ISO date in a text, moved by a number of days; the time of day stays. */
export function movedDates(text: string, days: number): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}(?=[T"])/g, (date) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10));
}
