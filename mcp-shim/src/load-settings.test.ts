import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSettings } from './load-settings.ts';

const needed = { SFDC_INSTANCE_URL: 'https://example.my.salesforce.com/', SFDC_ACCESS_TOKEN: '00Dxx!token', REVOPS_READ_ONLY: 'true' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thresholds-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(text?: string) {
  const file = join(folder, 'thresholds.yaml');
  if (text !== undefined) await writeFile(file, text);
  return { file, outcome: await loadSettings({ ...needed, REVOPS_RISK_THRESHOLDS: file }) };
}

it('takes the thresholds of the file', async () => {
  expect((await load('no_amount: { severity: low }')).outcome).toMatchObject({
    ok: true,
    config: { riskThresholds: { no_amount: { severity: 'low' } } },
  });
  expect(await loadSettings(needed)).not.toHaveProperty('config.riskThresholds');
});

it('says where the file is wrong, and that it is missing', async () => {
  const { file, outcome } = await load('no_amount:\n  severity: low\npushed: { severity: 1, times: 0 }');
  expect(outcome).toMatchObject({
    ok: false,
    readOnly: true,
    problems: [
      {
        variable: 'REVOPS_RISK_THRESHOLDS',
        code: 'INVALID_INPUT',
        message: expect.stringContaining(`${file}: line 3, column 11: `) as string,
      },
    ],
  });
  await rm(file);
  expect((await load()).outcome).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('(ENOENT)') as string }] });
});
