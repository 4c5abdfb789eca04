import type { Location, Problem } from '../errors.ts';
import { noSuch, type References } from './references.ts';

/** Standard tabs that are not those of objects. */
const STANDARD_TABS = new Set([
  'home',
  'report',
  'dashboard',
  'file',
  'calendar',
  'chatter',
  'feed',
  'forecasting3',
  'opportunityforecasting',
]);

/** `Audits`, `Cleanup_Audit__c` or `standard-Account`. */
export function tabProblems(element: string, name: string, location: Location, references: References): Problem[] {
  const standard = /^standard-(\w+)$/.exec(name)?.[1];
  if (standard === undefined) return references.missing(element, 'CustomTab', name, location);
  if (STANDARD_TABS.has(standard.toLowerCase())) return [];
  const { kind } = references.schema.object(standard);
  if (kind === 'known') return [];
  return kind === 'unsupported'
    ? [{ message: `Not supported by the local org: tab ${name}`, location }]
    : [noSuch(element, 'CustomTab', name, location)];
}

/** `Console`, or an app that every org has. */
export function appProblems(element: string, name: string, location: Location, references: References): Problem[] {
  if (STANDARD_APPS.has(name)) return [];
  return references.missing(element, 'CustomApplication', name, location);
}

const STANDARD_APPS = new Set([
  'standard__LightningSales',
  'standard__LightningSalesConsole',
  'standard__Sales',
  'standard__Service',
  'standard__Platform',
  'standard__ServiceConsole',
]);
