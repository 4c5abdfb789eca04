import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../run-command.ts';
import { sfResult } from './sf.ts';

const MAIN = 'force-app/main/default';
const RECORDS = 'customMetadata';
const RECORD_SUFFIX = '.md-meta.xml';
const listed = z.array(z.looseObject({ fullName: z.string() }));

/** What is deployed to an org, by what it has already. */
export interface PackageSources {
  /** Paths for `--source-dir`. */
  readonly directories: readonly string[];
  /** Whether the org has records of the policy and the settings, which then are no part of `directories`. */
  readonly keepsPolicy: boolean;
  /** Records as shipped that such an org does not have: new ones, or ones that an administrator deleted. */
  readonly missingRecords: readonly string[];
}

/**
 * Records of the policy and the settings belong to the org's administrators once they are there: a deploy would set them back to what
 * is shipped, and allow writes again that somebody has stopped.
 * @throws SfError
 */
export async function packageSources(org: string): Promise<PackageSources> {
  const shipped = readdirSync(join(ROOT, MAIN, RECORDS)).map((file) => basename(file, RECORD_SUFFIX));
  const records = await sfResult('org', 'list', 'metadata', '--metadata-type', 'CustomMetadata', '--target-org', org);
  const there = new Set(listed.parse(records).map(({ fullName }) => fullName));
  const keepsPolicy = shipped.some((record) => there.has(record));
  const main = keepsPolicy
    ? readdirSync(join(ROOT, MAIN)).flatMap((folder) => (folder === RECORDS ? [] : [`${MAIN}/${folder}`]))
    : ['force-app/main'];
  return {
    directories: [...main, 'force-app/crm-access', 'force-app/test'],
    keepsPolicy,
    missingRecords: keepsPolicy ? shipped.filter((record) => !there.has(record)) : [],
  };
}

/** What to tell of records that were left alone. */
export function keptPolicyText({ keepsPolicy, missingRecords }: PackageSources): string {
  if (!keepsPolicy) return '';
  const kept = '  The Write Policy and Write Setting records of the org are left as they are.\n';
  if (missingRecords.length === 0) return kept;
  return (
    `${kept}  Shipped, but not in the org: ${missingRecords.join(', ')}.\n` +
    `  To have one: sf project deploy start --source-dir ${MAIN}/${RECORDS}/<name>${RECORD_SUFFIX}\n`
  );
}
