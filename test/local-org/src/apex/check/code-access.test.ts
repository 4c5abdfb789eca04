import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalOrg } from '../../org.ts';
import type { LocalOrg } from '../../org-types.ts';

let org: LocalOrg;
beforeAll(() => {
  org = createLocalOrg({ dataset: 'empty', root: import.meta.dirname });
  deploy('Seed', 67, "public class Seed { public static void main() { insert new Account(Name = 'Not shared'); } }");
  deploy('Old', 66, `public class Old { ${COUNT} public static Integer count() { return [SELECT COUNT() FROM Account]; } }`);
  deploy('OldAsTheCaller', 66, `public inherited sharing class OldAsTheCaller { ${COUNT} }`);
  deploy('Modern', 67, `public class Modern { ${COUNT} }`);
  deploy('Strict', 67, 'public with sharing class Strict { public static void main() { System.debug(Old.count()); } }');
  deploy('Loose', 67, 'public without sharing class Loose { public static void main() { System.debug(Old.count()); } }');
  org.transaction(org.user('sam.okafor@larkfield.example'), (tx) => org.engine.runStatic('Seed', 'main', tx));
});
afterAll(() => org.close());

const COUNT = 'public static void main() { System.debug([SELECT COUNT() FROM Account]); }';

function deploy(name: string, apiVersion: number, source: string): void {
  expect(org.engine.deploy([{ file: `${name}.cls`, name, kind: 'class', source, apiVersion }])).toEqual([]);
}

/** What `main` of a class prints for somebody who has no access to accounts, or ends with. */
function said(className: string): string {
  const { debug, exception } = org.transaction(org.user('nina.castellano@larkfield.example'), (tx) =>
    org.engine.runStatic(className, 'main', tx),
  );
  return exception ?? debug.join();
}

test('up to API version 66 code runs in system mode; without a keyword as its caller shares, and without sharing where nobody calls', () => {
  expect([said('Old'), said('Strict'), said('Loose'), said('OldAsTheCaller')]).toEqual(['1', '0', '1', '0']);
});

test('from API version 67 on it runs in user mode', () => {
  expect(said('Modern')).toContain('System.QueryException: ');
  expect(said('Modern')).toContain("sObject type 'Account' is not supported");
});
