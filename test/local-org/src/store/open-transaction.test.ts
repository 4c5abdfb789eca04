import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSchema } from '../schema/create-schema.ts';
import type { ObjectDef, Value } from '../schema/types.ts';
import { createStore } from './create-store.ts';
import type { Store } from './types.ts';

let store: Store;
let account: ObjectDef;

beforeEach(() => {
  store = createStore();
  const found = createSchema([]).object('Account');
  if (found.kind !== 'known') throw new Error('no Account');
  account = found.def;
  store.define(account);
});
afterEach(() => store.close());

function insert(name: string): void {
  store.insert(account, new Map<string, Value>([['Id', store.nextId(account)], ['Name', name], ['IsDeleted', false]])); // prettier-ignore
}

function names(): unknown[] {
  return store.select('SELECT "Name" FROM "Account" ORDER BY "Name"', []).map(([name]) => name);
}

function fail(): never {
  throw new Error('undo');
}

describe('uncommitted writes', () => {
  it('are there from the first write to the end, or to a savepoint set before', () => {
    const seen: boolean[] = [];
    const look = (): void => void seen.push(store.hasUncommittedWrites());
    store.transaction(() => {
      look();
      store.savepoint('clean');
      insert('a');
      look();
      store.savepoint('dirty');
      store.rollbackTo('dirty');
      look();
      store.rollbackTo('clean');
      look();
      store.release('clean');
      insert('b');
      look();
    });
    look();
    expect(seen).toEqual([false, true, true, false, true, false]);
  });
});

describe('a suspended transaction', () => {
  it('sees what another one committed meanwhile, and cannot undo it', () => {
    expect(() =>
      store.transaction(() => {
        store.savepoint('outer');
        store.savepoint('inner');
        expect(store.suspend(() => store.transaction(() => (insert('theirs'), 'answer')))).toBe('answer');
        expect(names()).toEqual(['theirs']);
        insert('ours');
        store.rollbackTo('inner');
        expect(names()).toEqual(['theirs']);
        insert('ours');
        store.rollbackTo('outer');
        expect(names()).toEqual(['theirs']);
        insert('ours');
        fail();
      }),
    ).toThrow('undo');
    expect(names()).toEqual(['theirs']);
  });

  it('goes on where the other one failed', () => {
    store.transaction(() => {
      expect(() => store.suspend(() => store.transaction(() => (insert('theirs'), fail())))).toThrow('undo');
      insert('ours');
    });
    expect(names()).toEqual(['ours']);
  });

  it('must exist and have written nothing', () => {
    expect(() => store.suspend(() => undefined)).toThrow('there is no open transaction to suspend');
    store.transaction(() => {
      insert('ours');
      expect(() => store.suspend(() => undefined)).toThrow('uncommitted writes');
    });
    expect(names()).toEqual(['ours']);
  });
});

describe('a rehearsal', () => {
  it('tells whether anything was written and undoes it, the outer writes and savepoints untouched', () => {
    store.transaction(() => {
      insert('ours');
      store.savepoint('outer');
      const rehearse = (work: () => void): boolean => store.rehearse(() => store.transaction(work)).wrote;
      expect(rehearse(() => insert('theirs'))).toBe(true);
      expect(rehearse(() => void names())).toBe(false);
      expect(
        rehearse(() => {
          store.savepoint('own');
          insert('theirs');
          store.rollbackTo('own');
        }),
      ).toBe(false);
      const { wrote } = store.rehearse(() => {
        expect(() => store.transaction(() => (insert('theirs'), fail()))).toThrow('undo');
      });
      expect(wrote).toBe(false);
      expect([names(), store.hasUncommittedWrites()]).toEqual([['ours'], true]);
      insert('more');
      store.rollbackTo('outer');
    });
    expect(names()).toEqual(['ours']);
  });
});

describe('what the open transaction has not committed, in a rehearsal', () => {
  it('is not there: no new row, no change, no removal; it is back afterwards', () => {
    const [first, second] = ['001000000000001AAA', '001000000000002AAA'];
    const put = (id: string, name: string): void => store.insert(account, new Map<string, Value>([['Id', id], ['Name', name], ['IsDeleted', false]])); // prettier-ignore
    const rename = (id: string, name: string): void => store.update(account, id, new Map([['Name', name]]));
    store.transaction(() => (put(first, 'one'), put(second, 'two')));
    store.transaction(() => {
      rename(first, 'once');
      rename(first, 'twice');
      store.remove(account, second);
      insert('new');
      store.savepoint('later');
      insert('undone');
      rename(first, 'undone');
      store.rollbackTo('later');
      let seen: unknown[] = [];
      expect(store.rehearse(() => store.transaction(() => (seen = names()))).wrote).toBe(false);
      expect(seen).toEqual(['one', 'two']);
      expect(names()).toEqual(['new', 'twice']);
    });
    expect(names()).toEqual(['new', 'twice']);
  });
});

it('transactions do not nest by themselves', () => {
  expect(() => store.transaction(() => store.transaction(() => insert('inner')))).toThrow('transactions do not nest');
  expect(names()).toEqual([]);
});
