import type { OrgAddress } from './org-process.ts';
import type { SampleQuery } from './sample-query.ts';
import type { Command } from './stdio-server.ts';

/** A server that is measured. */
export interface Contender {
  readonly name: string;
  readonly version: string;
  /** What had to be done to point it at the local org, and what its figures therefore leave out. */
  readonly note?: string;
  /** Installs, logs in. Start and list are measured whether or not the login came about: `problem` says why it did not. */
  prepare(org: OrgAddress, folder: string): Promise<{ readonly command: Command; readonly problem?: string }>;
  /** Its tool that runs a query. */
  query(sample: SampleQuery, org: OrgAddress, folder: string): { readonly name: string; readonly arguments: Record<string, unknown> };
}
