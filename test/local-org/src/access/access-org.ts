import { loadRecord } from '../../data/load-records.ts';
import { savePermissionSets } from '../../data/permission-set-records.ts';
import { ORG_ID, profileId, setupRecords, setupUser } from '../../data/setup-records.ts';
import { createSchema } from '../schema/create-schema.ts';
import { deployedField } from '../schema/testing/deployed-field.ts';
import type { DeployedField, DeployedObject } from '../schema/deployed-object.ts';
import type { DeployedPermissionSet, ObjectGrant } from '../schema/deployed-permissions.ts';
import type { FieldDef, ObjectDef, Schema, SharingModel, Value } from '../schema/types.ts';
import { createStore } from '../store/create-store.ts';
import type { Row, Store } from '../store/types.ts';
import { beginTransaction } from '../transaction/begin-transaction.ts';
import { fixedClock } from '../transaction/clock.ts';
import { seededUuids } from '../transaction/seeded-uuids.ts';
import type { Transaction } from '../transaction/types.ts';
import { toRunningUser } from './to-running-user.ts';
import { userAccess } from './user-access.ts';
import type { UserAccess } from './types.ts';

const NOON = Date.parse('2026-03-15T12:00:00Z');
const STAMP = { createdAt: NOON, changedAt: NOON, by: setupUser('admin').id };

/** A permission set in few words: `Opportunity: 'read edit'`, `'Opportunity.Amount': 'read'`. */
export interface PermissionSetSketch {
  readonly objects?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, 'read' | 'edit'>>;
  readonly classes?: readonly string[];
  readonly customPermissions?: readonly string[];
  readonly customMetadataTypes?: readonly string[];
  readonly userPermissions?: readonly string[];
}

/** An org with set-up records, users of any profile and permission sets: what tests of access run on. */
export class AccessOrg {
  readonly schema: Schema;
  readonly store: Store = createStore();
  #users = 0;

  constructor(permissionSets: Readonly<Record<string, PermissionSetSketch>> = {}, objects: readonly DeployedObject[] = [CARD]) {
    const sets = Object.entries(permissionSets).map(([name, sketch]) => permissionSet(name, sketch));
    this.schema = createSchema(objects, { permissionSets: sets, customPermissions: [] });
    for (const object of this.schema.objects()) this.store.define(object);
    for (const { object, values } of setupRecords()) this.insert(object, values);
    savePermissionSets(this.store, this.schema, STAMP);
  }

  insert(object: string, values: Readonly<Record<string, Value>>): string {
    return loadRecord(this.store, this.schema, object, values, STAMP);
  }

  /** A user with permission sets; answers the id. */
  user(profile: Parameters<typeof profileId>[0], permissionSets: readonly string[] = [], role: string | null = null): string {
    const key = `user${++this.#users}`;
    const id = this.insert('User', {
      Username: `${key}@larkfield.example`,
      LastName: key,
      Name: key,
      Email: `${key}@larkfield.example`,
      IsActive: true,
      UserType: 'Standard',
      ProfileId: profileId(profile),
      UserRoleId: role,
      TimeZoneSidKey: 'America/New_York',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
    });
    for (const name of permissionSets) this.assign(id, name);
    return id;
  }

  assign(userId: string, permissionSet: string): void {
    const [id] = this.store.findIds(this.object('PermissionSet'), 'Name', permissionSet);
    if (id === undefined) throw new Error(`no permission set ${permissionSet}`);
    this.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: id });
  }

  role(name: string, parent: string | null): string {
    return this.insert('UserRole', { Name: name, DeveloperName: name, ParentRoleId: parent });
  }

  as(userId: string): Transaction {
    const user = toRunningUser(this.row('User', userId));
    const { schema, store } = this;
    return beginTransaction({ schema, store, user, orgId: ORG_ID, now: fixedClock(NOON).now, uuid: seededUuids('access') });
  }

  access(userId: string): UserAccess {
    return userAccess(this.as(userId));
  }

  row(object: string, id: string): Row {
    const row = this.store.get(this.object(object), id);
    if (!row) throw new Error(`no ${object} ${id}`);
    return row;
  }

  object(name: string): ObjectDef {
    const found = this.schema.object(name);
    if (found.kind !== 'known') throw new Error(`${name} is ${found.kind}`);
    return found.def;
  }

  field(object: string, name: string): FieldDef {
    const found = this.schema.field(this.object(object), name);
    if (found.kind !== 'known') throw new Error(`${object}.${name} is ${found.kind}`);
    return found.def;
  }
}

function permissionSet(name: string, sketch: PermissionSetSketch): DeployedPermissionSet {
  const { objects = {}, fields = {}, classes = [], customPermissions = [], customMetadataTypes = [], userPermissions = [] } = sketch;
  return {
    name,
    label: name,
    description: null,
    objects: new Map(Object.entries(objects).map(([object, rights]) => [object.toLowerCase(), objectGrant(rights)])),
    fields: new Map(Object.entries(fields).map(([field, right]) => [field.toLowerCase(), { read: true, edit: right === 'edit' }])),
    classes: lowerCase(classes),
    customPermissions: lowerCase(customPermissions),
    customMetadataTypes: lowerCase(customMetadataTypes),
    userPermissions: lowerCase(userPermissions),
  };
}

function objectGrant(rights: string): ObjectGrant {
  const has = (right: keyof ObjectGrant): boolean => rights.split(' ').includes(right);
  return {
    read: has('read'),
    create: has('create'),
    edit: has('edit'),
    delete: has('delete'),
    viewAll: has('viewAll'),
    modifyAll: has('modifyAll'),
    viewAllFields: has('viewAllFields'),
  };
}

function lowerCase(names: readonly string[]): Set<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

/** A custom object with a field for each case of field security. */
export function card(sharingModel: SharingModel): DeployedObject {
  return {
    name: 'Card__c',
    label: 'Card',
    labelPlural: 'Cards',
    nameField: { label: 'Card', type: 'AutoNumber', displayFormat: 'C-{0000}' },
    sharingModel,
    fields: [
      text('Note__c'),
      text('Must__c', { required: true }),
      text('Shout__c', { formula: 'Note__c & "!"', length: null }),
      text('Account__c', { type: 'Lookup', length: null, referenceTo: 'Account', relationshipName: 'Cards' }),
    ],
  };
}

function text(name: string, traits: Partial<DeployedField> = {}): DeployedField {
  return deployedField(name, 'Text', { label: name, length: 20, ...traits });
}

const CARD = card('Private');
