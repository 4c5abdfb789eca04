import { afterEach, beforeEach, expect, it } from 'vitest';
import { opportunityId, startSampleOrg } from '../testing/sample-org.ts';
import type { ScriptedOrg } from '../testing/scripted-org.ts';
import { auditId, onRefusal, onWrite, requested, writesOf } from '../testing/scripted-writes.ts';
import { connectShim } from '../testing/shim-client.ts';
import type { ShimClient } from '../testing/shim-client.ts';

const noteId = '069000000000001AAA';

let org: ScriptedOrg;
let shim: ShimClient;
beforeEach(async () => {
  org = await startSampleOrg();
  onWrite(org, 'add_note', {
    record_id: opportunityId,
    record_label: 'Acme renewal',
    changes: [requested('$Note', null, 'Met the buyer\nSigns in May')],
    result: { note_id: noteId },
  });
  shim = await connectShim(org.url);
});
afterEach(async () => {
  await shim.close();
  await org.close();
});

const args = { object_type: 'Opportunity', object_id: opportunityId.slice(0, 15), body: 'Met the buyer\nSigns in May' };

it('previews the text beside its record, and adds it once confirmed; no earlier value is expected', async () => {
  const preview = await shim.call('add_note', args);
  expect(preview).toMatchObject({ change: 'PRODUCTION · Acme renewal · New note Met the buyer Signs in May', record_id: opportunityId });
  expect(await shim.call('confirm_write', { change: preview['change'], confirmation_token: preview['confirmation_token'] })).toEqual({
    status: 'committed',
    success: true,
    message: `The note was added. Audit row ${auditId}.`,
    note_id: noteId,
    changes: preview['changes'],
    audit_id: auditId,
    request_id: '00000000-0000-4000-8000-000000000001',
    record_id: opportunityId,
    record_label: 'Acme renewal',
    url: `${org.url}/${opportunityId}`,
  });
  const [commit] = writesOf(org, 'add_note', 'commit');
  expect(commit?.body).toMatchObject({ input: { ...args, object_id: opportunityId } });
  expect(commit?.body).not.toHaveProperty('expected');
});

it('passes on a title, and shows it to the person who approves the note', async () => {
  const preview = await shim.call('add_note', { ...args, title: 'Visit · 1', justification: 'The team asked for it' });
  expect(preview['change']).toBe('PRODUCTION · Acme renewal · New note Met the buyer Signs in May · Title Visit - 1');
  expect(writesOf(org, 'add_note', 'preview')).toMatchObject([
    { body: { input: { title: 'Visit · 1' }, justification: 'The team asked for it' } },
  ]);
});

it('says which setting is missing, as the service does', async () => {
  onRefusal(org, 'add_note', 400, 'INVALID_INPUT');
  expect(await shim.call('add_note', args)).toMatchObject({
    error: { message: 'The service says INVALID_INPUT. Nothing was written: correct it and call add_note again.' },
  });
});

it('a body that no request can hold is refused before the preview', async () => {
  expect(await shim.call('add_note', { ...args, body: 'ä'.repeat(60_000) })).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining('the write service accepts 100,000') as string },
  });
  expect(writesOf(org, 'add_note', 'preview')).toEqual([]);
});

it.each<[Record<string, unknown>, string]>([
  [{ object_type: 'Opportunity', object_id: opportunityId }, 'body is missing'],
  [{ ...args, body: ' ' }, 'body must not be empty'],
  [{ ...args, body: null }, 'body must be a string, not null'],
  [{ ...args, body: 'x'.repeat(90_001) }, 'body must be at most 90,000 characters'],
  [{ ...args, title: 'x'.repeat(256) }, 'title must be at most 255 characters'],
  [{ ...args, object_type: 'Account' }, 'object_id is not the id of a record of that object_type'],
  [{ ...args, object_type: "Account' OR" }, 'object_type must be an API name'],
  [{ ...args, body: 'a\u202eb' }, 'body contains the invisible character U+202E'],
])('refuses %j before a request', async (bad, said) => {
  expect(await shim.call('add_note', bad)).toMatchObject({
    error: { code: 'INVALID_INPUT', message: expect.stringContaining(said) as string },
  });
  expect(org.requests).toEqual([]);
});
