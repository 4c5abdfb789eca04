import type { Component } from './package.ts';

type Name = Pick<Component, 'type' | 'name'>;

/**
 * The component that a manifest means: it names the folder of reports as a Report without a report, `Audit` or `Audit/`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/file_based_zip_file.htm
 */
export function fromManifest({ type, name }: Name): Name {
  const isFolder = type === 'Report' && name !== '*' && (!name.includes('/') || name.endsWith('/'));
  return isFolder ? { type: 'ReportFolder', name: name.replace(/\/$/, '') } : { type, name };
}

/** How a manifest names a component. */
export function toManifest({ type, name }: Name): Name {
  return type === 'ReportFolder' ? { type: 'Report', name } : { type, name };
}
