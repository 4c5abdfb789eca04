import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalOrg } from './org.ts';
import type { LocalOrg } from './org-types.ts';

const USER = 'dana.whitfield@larkfield.example';

/** Transactions by name, run as static methods; `Work.dealId()` is the one deal there is. */
const SOURCE = `public without sharing class Work {
    private static Id dealId() { return [SELECT Id FROM Opportunity WITH SYSTEM_MODE].Id; }
    public static void createDeal() {
        Account buyer = new Account(Name = 'Acme');
        insert as system buyer;
        insert as system new Opportunity(Name = 'Renewal', AccountId = buyer.Id, StageName = 'Qualification', CloseDate = Date.newInstance(2026, 12, 18), NextStep = 'Call');
    }
    public static void lockDeal() {
        Opportunity deal = [SELECT Id, NextStep FROM Opportunity WITH SYSTEM_MODE FOR UPDATE];
        System.debug(deal.NextStep);
    }
    public static void tryToLock() {
        try { lockDeal(); } catch (QueryException e) { System.debug(e.getMessage()); }
    }
    public static void changeDeal() {
        update as system new Opportunity(Id = dealId(), NextStep = 'Changed');
    }
    public static void tryToChange() {
        try { changeDeal(); } catch (DmlException e) { System.debug(e.getDmlType(0).name() + ', ' + e.getDmlMessage(0)); }
    }
    public static void changeSome() {
        List<SObject> records = new List<SObject>{ new Account(Id = [SELECT Id FROM Account WITH SYSTEM_MODE].Id, Site = 'Turin'), new Opportunity(Id = dealId(), NextStep = 'Changed') };
        for (Database.SaveResult result : Database.update(records, false, AccessLevel.SYSTEM_MODE)) { System.debug(result.isSuccess()); }
    }
    public static void addTask() {
        insert as system new Task(Subject = 'Call', WhatId = dealId(), Status = 'Not Started', Priority = 'Normal');
    }
    public static void addAccount() { insert as system new Account(Name = 'Other'); }
    public static void showDeal() { System.debug([SELECT NextStep FROM Opportunity WITH SYSTEM_MODE].NextStep); }
    public static void lockThenRollBack() {
        Savepoint before = Database.setSavepoint();
        lockDeal();
        Database.rollback(before);
        showDeal();
    }
    public static void lockThenWrite() {
        lockDeal();
        addAccount();
        showDeal();
    }
    public static void addAccountAndThrow() {
        showDeal();
        addAccount();
        Integer nothing;
        Integer broken = nothing + 1;
    }
}`;

const RECORD_UNAVAILABLE =
  'Record Currently Unavailable: The record you are attempting to edit, or one of its related records, is currently being modified by another user. Please try again.';

let org: LocalOrg;
const open: LocalOrg[] = [];
beforeEach(() => {
  org = createLocalOrg({ dataset: 'empty', root: import.meta.dirname });
  open.push(org);
  expect(org.engine.deploy([{ file: 'Work.cls', name: 'Work', kind: 'class', source: SOURCE, apiVersion: 67 }])).toEqual([]);
  run('createDeal');
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** Runs a method as one transaction: what it printed, then the exception that left it. */
function run(method: string): string[] {
  let lines: string[] = [];
  const work = (): void =>
    org.transaction(org.user(USER), (tx) => {
      const { debug, exception } = org.engine.runStatic('Work', method, tx);
      lines = [...debug, ...(exception === null ? [] : [exception])];
      if (exception !== null) throw new UncaughtException();
    });
  try {
    work();
  } catch (error) {
    if (!(error instanceof UncaughtException)) throw error;
  }
  return lines;
}
class UncaughtException extends Error {}

function idOf(object: string): string {
  return String(org.store.select(`SELECT "Id" FROM "${object}"`, [])[0]?.[0]);
}

function accounts(): unknown[] {
  return org.store.select('SELECT "Name" FROM "Account" ORDER BY "Name"', []).map(([name]) => name);
}

test('a held record is refused to queries FOR UPDATE and to DML, not to other queries, until it is released', () => {
  const deal = idOf('Opportunity');
  const release = org.hold(deal.slice(0, 15));
  expect(run('tryToLock')).toEqual([RECORD_UNAVAILABLE]);
  expect(run('tryToChange')).toEqual([`UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${deal}`]);
  expect(run('showDeal')).toEqual(['Call']);
  release();
  release();
  expect(run('lockDeal')).toEqual(['Call']);
  expect([run('changeDeal'), run('showDeal')]).toEqual([[], ['Changed']]);
});

test('a parent is locked with its child: by the change of the child and by a new child', () => {
  const account = idOf('Account');
  const release = org.hold(account);
  expect(run('tryToLock')).toEqual([RECORD_UNAVAILABLE]);
  expect(run('tryToChange')).toEqual([`UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${account}`]);
  release();
  const deal = idOf('Opportunity');
  org.hold(deal);
  expect(run('addTask')).toEqual([
    `System.DmlException: Insert failed. First exception on row 0; first error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records: ${deal}: []`,
  ]);
});

test('nobody needs the lock of a user to change what the user owns', () => {
  const user = org.user(USER).id;
  org.hold(user);
  expect([run('changeDeal'), run('showDeal')]).toEqual([[], ['Changed']]);
});

test('a partial statement changes the records that are free', () => {
  org.hold(idOf('Opportunity'));
  expect(run('changeSome')).toEqual(['true', 'false']);
  expect(org.store.select('SELECT "Site" FROM "Account"', [])).toEqual([['Turin']]);
});

test('what is not there, or locked already, cannot be held', () => {
  const deal = idOf('Opportunity');
  expect(() => org.hold('006000000000001AAA')).toThrow('the org has no record 006000000000001AAA to hold');
  expect(() => org.hold('nonsense')).toThrow('the org has no record nonsense to hold');
  org.hold(deal);
  expect(() => org.hold(deal)).toThrow(`the record ${deal} is locked already`);
});

test('a transaction is traced by its queries, locks and DML statements', () => {
  const watch = org.trace();
  run('lockThenWrite');
  run('showDeal');
  expect(watch.points).toEqual([
    { kind: 'query', object: 'Opportunity' },
    { kind: 'lock', object: 'Opportunity' },
    { kind: 'dml', object: 'Account' },
    { kind: 'query', object: 'Opportunity' },
  ]);
  expect(watch.outcome).toBeNull();
});

test('a rival that comes before the lock is seen by the transaction, though it has queried already', () => {
  const watch = org.interleave({ before: 2, run: () => void run('changeDeal') });
  expect(run('lockDeal')).toEqual(['Changed']);
  expect(watch.outcome).toEqual({ point: { kind: 'lock', object: 'Opportunity' }, lockedOut: false });
});

test('what a rival committed stays where the transaction that it interrupted fails', () => {
  org.interleave({ before: 2, run: () => void run('changeDeal') });
  expect(run('addAccountAndThrow').at(-1)).toContain('System.NullPointerException');
  expect([accounts(), run('showDeal')]).toEqual([['Acme'], ['Changed']]);
});

test('a lock keeps a rival out, before the first write and after it; a rollback to a savepoint set before gives it back', () => {
  const rival = (method: string, before: number): unknown => {
    const watch = org.interleave({ before, run: () => void run('tryToChange') });
    run(method);
    return [watch.outcome?.point.kind, watch.outcome?.lockedOut, run('showDeal')];
  };
  expect(rival('lockThenWrite', 3)).toEqual(['dml', true, ['Call']]);
  expect(rival('lockThenWrite', 4)).toEqual(['query', true, ['Call']]);
  expect(rival('lockThenRollBack', 3)).toEqual(['query', false, ['Changed']]);
});

test('past the first write a rival that meets no lock is refused, whether it writes or only reads', () => {
  org.interleave({ before: 4, run: () => void run('addAccount') });
  expect(() => run('lockThenWrite')).toThrow('The rival before query Opportunity committed a change, but the transaction');
  org.interleave({ before: 4, run: () => void run('showDeal') });
  expect(() => run('lockThenWrite')).toThrow('The rival before query Opportunity met no lock, but the transaction');
  expect(accounts()).toEqual(['Acme']);
});

test('a rival that is never reached says so, and the next transaction is left alone', () => {
  const watch = org.interleave({ before: 9, run: () => void run('changeDeal') });
  expect(() => org.trace()).toThrow('a watch waits for the next transaction already');
  run('lockDeal');
  expect([watch.outcome, watch.points.length]).toEqual([null, 2]);
  expect(run('showDeal')).toEqual(['Call']);
});
