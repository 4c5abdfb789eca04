import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PackageFolder } from '../../local-org/src/metadata/testing.ts';
import { FORCE_APP } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

const SETTINGS = 'customMetadata/Write_Setting.Default.md-meta.xml';

/** Fields of the record `Default` of `Write_Setting__mdt`. */
export type Settings = Readonly<Record<string, boolean | number>>;

/** What an administrator changes in Setup, Custom Metadata Types, Write Setting: the shipped record with other values. */
export function changeSettings(org: TestOrg, values: Settings): void {
  let record = readFileSync(join(FORCE_APP, 'default', SETTINGS), 'utf8');
  for (const [field, value] of Object.entries(values)) {
    const entry = new RegExp(`(<field>${field}</field>\\s*<value [^>]*>)[^<]*(</value>)`);
    if (!entry.test(record)) throw new Error(`the shipped settings have no ${field}`);
    record = record.replace(entry, `$1${String(value)}$2`);
  }
  using folder = new PackageFolder({ [SETTINGS]: record });
  org.local.deploy([folder.directory]);
}

/** One record of `Write_Policy__mdt`, as an administrator adds or changes it. */
export interface Policy {
  /** Its DeveloperName: that of a shipped record replaces it. */
  readonly name: string;
  readonly object: string;
  readonly field: string;
  readonly access: 'Allow' | 'Deny';
  readonly active?: boolean;
  readonly storeValues?: boolean;
  readonly reason?: string;
}

/** Adds records of the policy, or changes those that there are. No deploy removes one: make it inactive. */
export function changePolicy(org: TestOrg, policies: readonly Policy[]): void {
  using folder = new PackageFolder(
    Object.fromEntries(policies.map((policy) => [`customMetadata/Write_Policy.${policy.name}.md-meta.xml`, policyXml(policy)])),
  );
  org.local.deploy([folder.directory]);
}

function policyXml({ name, object, field, access, active = true, storeValues = true, reason }: Policy): string {
  const value = (key: string, type: string, text: string): string =>
    `<values><field>${key}</field><value xsi:type="xsd:${type}">${text}</value></values>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    '<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<label>${name}</label>`,
    '<protected>false</protected>',
    value('Access__c', 'string', access),
    value('Active__c', 'boolean', String(active)),
    value('Field__c', 'string', field),
    value('Object__c', 'string', object),
    ...(reason === undefined ? [] : [value('Reason__c', 'string', reason)]),
    value('Store_Values__c', 'boolean', String(storeValues)),
    '</CustomMetadata>',
  ].join('\n');
}
