import { afterEach, expect, it } from 'vitest';
import { createLocalOrg } from '../../org.ts';
import type { LocalOrg } from '../../org-types.ts';

let org: LocalOrg;
afterEach(() => org.close());

/** Deploys a class and runs its tests; what failed and why. */
function failures(source: string, notes = true): (string | null)[] {
  org = createLocalOrg({ dataset: 'empty', root: import.meta.dirname, notes });
  expect(org.engine.deploy([{ file: 'NoteTest.cls', name: 'NoteTest', kind: 'class', source, apiVersion: 67 }])).toEqual([]);
  const { results } = org.runTests();
  expect(results).not.toEqual([]);
  return results.filter(({ outcome }) => outcome !== 'Pass').map(({ message }) => message);
}

const SEEN = `@IsTest
private class NoteTest {
  @IsTest static void sharing() {
    User rep = [SELECT Id FROM User WHERE LastName = 'Lindqvist'];
    Account hidden = new Account(Name = 'Hidden');
    Account own = new Account(Name = 'Own', OwnerId = rep.Id);
    insert new List<Account>{ hidden, own };
    ContentNote note = new ContentNote(Title = 'x', Content = Blob.valueOf('text'));
    insert note;
    insert new ContentDocumentLink(ContentDocumentId = note.Id, LinkedEntityId = hidden.Id, ShareType = 'V', Visibility = 'InternalUsers');
    System.runAs(rep) {
      Assert.areEqual(0, [SELECT COUNT() FROM ContentNote WITH USER_MODE]);
      Assert.areEqual(0, [SELECT COUNT() FROM ContentDocumentLink WHERE LinkedEntityId = :hidden.Id WITH USER_MODE]);
    }
    insert new ContentDocumentLink(ContentDocumentId = note.Id, LinkedEntityId = own.Id, ShareType = 'V', Visibility = 'InternalUsers');
    System.runAs(rep) {
      Assert.areEqual(1, [SELECT COUNT() FROM ContentNote WITH USER_MODE]);
      Assert.areEqual(1, [SELECT COUNT() FROM ContentDocument WITH USER_MODE]);
      Assert.areEqual(1, [SELECT COUNT() FROM ContentDocumentLink WHERE LinkedEntityId = :own.Id WITH USER_MODE]);
      insert as user new ContentNote(Title = 'mine', Content = Blob.valueOf('text'));
      Assert.areEqual(2, [SELECT COUNT() FROM ContentNote WITH USER_MODE]);
    }
  }
}`;

it('a note is seen by its owner, and through the records that it is linked to', () => {
  expect(failures(SEEN)).toEqual([]);
});

const GONE = `@IsTest
private class NoteTest {
  @IsTest static void deleted() {
    Account linked = new Account(Name = 'Linked');
    insert linked;
    List<ContentNote> notes = new List<ContentNote>();
    for (Integer i = 0; i < 2; i++) notes.add(new ContentNote(Title = 'x', Content = Blob.valueOf('text')));
    insert notes;
    List<ContentDocumentLink> links = new List<ContentDocumentLink>();
    for (ContentNote note : notes) {
      links.add(new ContentDocumentLink(ContentDocumentId = note.Id, LinkedEntityId = linked.Id, ShareType = 'V', Visibility = 'InternalUsers'));
    }
    insert links;
    delete [SELECT Id FROM ContentDocument WHERE Id = :notes[0].Id];
    Assert.areEqual(1, [SELECT COUNT() FROM ContentNote]);
    Assert.areEqual(0, [SELECT COUNT() FROM ContentDocumentLink WHERE ContentDocumentId = :notes[0].Id]);
    Assert.areEqual(1, [SELECT COUNT() FROM ContentDocumentLink WHERE LinkedEntityId = :linked.Id]);
    delete linked;
    Assert.areEqual(notes[1].Id, [SELECT Id FROM ContentNote].Id);
    Assert.areEqual(1, [SELECT COUNT() FROM ContentDocumentLink WHERE ContentDocumentId = :notes[1].Id]);
  }
}`;

it('a document goes with its note and all its links; a record goes with its links and leaves the document', () => {
  expect(failures(GONE)).toEqual([]);
});

it('where notes are switched off, there is no such object', () => {
  const source = `@IsTest
private class NoteTest {
  @IsTest static void none() {
    Assert.isFalse(Schema.getGlobalDescribe().containsKey('ContentNote'));
    Assert.isTrue(Schema.getGlobalDescribe().containsKey('ContentDocumentLink'));
  }
}`;
  expect(failures(source, false)).toEqual([]);
  const use = `@IsTest\nprivate class NoteTest {\n  @IsTest static void none() { insert new ContentNote(Title = 'x'); }\n}`;
  const problems = org.engine.deploy([{ file: 'NoteTest.cls', name: 'NoteTest', kind: 'class', source: use, apiVersion: 67 }]);
  expect(problems.map(({ message }) => message)).toEqual(['Invalid type: ContentNote']);
});
