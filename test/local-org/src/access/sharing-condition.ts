import { hasObjectPermissions } from '../schema/object-permissions.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import { sharesAll, type RecordRight, type Sharing } from './sharing.ts';

/** How a condition is put into a statement: what depends on the user is known only when that runs. */
export interface SharingSql {
  /** The placeholder of the JSON list of owners whose records count as the user's own. */
  owners(): string;
  /** The placeholder of the user's id. */
  user(): string;
  /** The condition, or one that always holds where `test` says so. */
  unless(test: (sharing: Sharing) => boolean, condition: string): string;
}

/** What a rule is made for: rows of `object` under the alias `table`. */
interface Target {
  readonly schema: Schema;
  readonly object: ObjectDef;
  readonly table: string;
  readonly right: RecordRight;
  readonly sql: SharingSql;
}

/**
 * The SQL condition under which a user has a right to a record by sharing: org-wide defaults, ownership, role hierarchy,
 * View All and Modify All, and the account that stands above an opportunity or case. Object permissions are another matter.
 * @returns null where everybody has it
 * @see https://developer.salesforce.com/docs/atlas.en-us.securityImplGuide.meta/securityImplGuide/security_data_access.htm
 */
export function sharingCondition(schema: Schema, object: ObjectDef, table: string, right: RecordRight, sql: SharingSql): string | null {
  const target = { schema, object, table, right, sql };
  const condition = ofContent(target) ?? (object.sharingModel === 'ControlledByParent' ? byParent(target) : byOwner(target));
  return condition === null ? null : sql.unless((sharing) => sharesAll(sharing, object, right), `(${condition})`);
}

/**
 * A private opportunity is for its owner and those above, whatever the org-wide default opens.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
 */
function byOwner(target: Target): string | null {
  const { object, right, table } = target;
  // Set-up records are guarded by permissions alone.
  if (!hasObjectPermissions(object)) return null;
  const open = OPEN_TO[object.sharingModel];
  if (open?.includes(right) === true) return object.name === 'Opportunity' ? `${table}."IsPrivate" IS NOT 1 OR ${owned(target)}` : null;
  const implicit = object.name === 'Account' && right === 'read' ? aboveOwnRecords(target) : [];
  return [owned(target), ...implicit].join(' OR ');
}

const OPEN_TO: Readonly<Record<string, readonly RecordRight[]>> = {
  Private: [],
  Read: ['read'],
  ReadWrite: ['read', 'edit'],
  ReadWriteTransfer: ['read', 'edit'],
  FullAccess: ['read', 'edit', 'delete'],
};

function owned({ table, sql }: Target): string {
  return `${table}."OwnerId" IN (SELECT value FROM json_each(${sql.owners()}))`;
}

/** Whose opportunity or case belongs to an account may read the account. */
function aboveOwnRecords({ schema, table, sql }: Target): string[] {
  return ['Opportunity', 'Case'].flatMap((name) => {
    const child = schema.object(name);
    if (child.kind !== 'known' || child.def.sharingModel !== 'Private') return [];
    const alias = `${table}c`;
    const mine = owned({ schema, object: child.def, table: alias, right: 'read', sql });
    return [`${table}."Id" IN (SELECT ${alias}."AccountId" FROM ${quoted(name)} AS ${alias} WHERE ${alias}."IsDeleted" = 0 AND ${mine})`];
  });
}

/** The references through which an object is controlled, and who has what without any of them. */
const PARENTS: Readonly<Record<string, { readonly fields: readonly string[]; readonly own: 'always' | 'without parent' | 'never' }>> = {
  Contact: { fields: ['AccountId'], own: 'without parent' },
  Task: { fields: ['WhatId', 'WhoId'], own: 'always' },
  Event: { fields: ['WhatId', 'WhoId'], own: 'always' },
  CaseComment: { fields: ['ParentId'], own: 'never' },
  OpportunityContactRole: { fields: ['OpportunityId'], own: 'never' },
  OpportunityHistory: { fields: ['OpportunityId'], own: 'never' },
};

function byParent(target: Target): string {
  const { object, table } = target;
  const rule = PARENTS[object.name];
  if (!rule) throw new Error(`the object ${object.name} is controlled by a parent that is not known`);
  const through = rule.fields.flatMap((name) => {
    const field = object.fields.get(name.toLowerCase());
    if (!field) throw new Error(`${object.name} has no field ${name}`);
    return throughParents(target, field);
  });
  if (rule.own === 'always') through.unshift(owned(target));
  if (rule.own === 'without parent') {
    const none = rule.fields.map((name) => `${table}.${quoted(name)} IS NULL`).join(' AND ');
    through.push(`(${none} AND ${table}."OwnerId" = ${target.sql.user()})`);
  }
  return through.join(' OR ');
}

/**
 * Documents are their owner's, and read by whoever reads a record that they are linked to. Null for other objects.
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentdocumentlink.htm
 */
function ofContent(target: Target): string | null {
  const { object, table, right, sql, schema } = target;
  if (object.name === 'ContentDocumentLink') {
    if (right !== 'read')
      return `${table}."ContentDocumentId" IN (SELECT d."Id" FROM "ContentDocument" AS d WHERE d."OwnerId" = ${sql.user()})`;
    const entity = object.fields.get('linkedentityid');
    if (!entity) throw new Error('ContentDocumentLink has no field LinkedEntityId');
    // A link to a user shows that user's files: to that user alone.
    const records = throughParents(target, { ...entity, referenceTo: entity.referenceTo.filter((name) => name !== 'User') });
    return [`${table}."LinkedEntityId" = ${sql.user()}`, ...records].join(' OR ');
  }
  if (object.name !== 'ContentDocument' && object.name !== 'ContentNote') return null;
  const own = `${table}."OwnerId" = ${sql.user()}`;
  const link = schema.object('ContentDocumentLink');
  if (right !== 'read' || link.kind !== 'known') return own;
  const alias = `${table}l`;
  const linked = ofContent({ ...target, object: link.def, table: alias }) ?? '1';
  return `${own} OR ${table}."Id" IN (SELECT ${alias}."ContentDocumentId" FROM "ContentDocumentLink" AS ${alias} WHERE ${alias}."IsDeleted" = 0 AND (${linked}))`;
}

function throughParents({ schema, object, table, right, sql }: Target, field: FieldDef): string[] {
  // A comment, a role, a history row have no access of their own: whoever edits the parent changes them.
  const parentRight = right === 'delete' && PARENTS[object.name]?.own === 'never' ? 'edit' : right;
  return field.referenceTo.flatMap((name) => {
    const parent = schema.object(name);
    if (parent.kind !== 'known') return [];
    const alias = `${table}p`;
    const condition = sharingCondition(schema, parent.def, alias, parentRight, sql);
    const where = condition === null ? '' : ` WHERE ${condition}`;
    return [`${table}.${quoted(field.name)} IN (SELECT ${alias}."Id" FROM ${quoted(parent.def.name)} AS ${alias}${where})`];
  });
}
