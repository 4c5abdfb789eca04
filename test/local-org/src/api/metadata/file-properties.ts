import type { Component } from '../../metadata/package.ts';
import type { LocalOrg } from '../../org-types.ts';
import type { ComponentIds } from './component-ids.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_retrieveresult.htm#fileproperties_section */
export interface FileProperties {
  readonly createdById: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly fileName: string;
  readonly fullName: string;
  readonly id: string;
  readonly lastModifiedById: string;
  readonly lastModifiedByName: string;
  readonly lastModifiedDate: string;
  readonly manageableState: string;
  readonly type: string;
}

/** Who deployed a component, and when, is not kept: it is told as the administrator's, now. */
export function fileProperties(
  { type, name }: Pick<Component, 'type' | 'name'>,
  fileName: string,
  org: LocalOrg,
  ids: ComponentIds,
): FileProperties {
  const administrator = org.user(org.tokens[0]?.username ?? '');
  const now = new Date(org.now()).toISOString();
  return {
    createdById: administrator.id,
    createdByName: administrator.name,
    createdDate: now,
    fileName,
    fullName: name,
    id: ids.of(type, name),
    lastModifiedById: administrator.id,
    lastModifiedByName: administrator.name,
    lastModifiedDate: now,
    manageableState: 'unmanaged',
    type,
  };
}
