import type { Problem } from '../errors.ts';
import type { SharingModel } from '../schema/types.ts';
import { unsupported } from './check-elements.ts';
import type { Component, DeclaredObject } from './package.ts';
import { child, flagOf, textOf, type XmlElement } from './xml-element.ts';

/** What the local org reads, and what has no effect on anything that it models. */
const READ = new Set([
  'fullName',
  'label',
  'pluralLabel',
  'nameField',
  'fields',
  'validationRules',
  'listViews',
  'compactLayouts',
  'deploymentStatus',
  'sharingModel',
  'externalSharingModel',
  'visibility',
]);
const WITHOUT_EFFECT = new Set([
  'compactLayoutAssignment',
  'customHelp',
  'customHelpPage',
  'deprecated',
  'description',
  'enableBulkApi',
  'enableEnhancedLookup',
  'enableReports',
  'enableSearch',
  'enableSharing',
  'enableStreamingApi',
  'gender',
  'startsWith',
]);
/** These would add objects, fields or history that the local org does not make. */
const REFUSED_WHEN_TRUE = new Set([
  'allowInChatterGroups',
  'enableActivities',
  'enableDataTranslation',
  'enableDivisions',
  'enableFeeds',
  'enableHistory',
  'enableLicensing',
  'recordTypeTrackFeedHistory',
  'recordTypeTrackHistory',
]);

/** What the platform gives out for every object: empty search layouts, and actions that are not overridden at all. */
function saysNothing(element: XmlElement): boolean {
  if (element.name === 'searchLayouts') return element.children.length === 0;
  return element.name === 'actionOverrides' && textOf(element, 'type') === 'Default' && child(element, 'content') === undefined;
}

/** An object's own file. Its element has passed `checkElements`. */
export function readCustomObject(component: Component, element: XmlElement): { declared: DeclaredObject; problems: Problem[] } {
  const problems = element.children
    .filter((each) => !saysNothing(each))
    .filter(({ name }) => !READ.has(name) && !WITHOUT_EFFECT.has(name) && !(REFUSED_WHEN_TRUE.has(name) && !flagOf(element, name)))
    .map((each) => unsupported(`CustomObject.${each.name}`, each));
  const isCustom = component.name.endsWith('__c');
  const isMetadata = component.name.endsWith('__mdt');
  if (!isMetadata && /__(?!c$)[a-z]+$/i.test(component.name)) problems.push(unsupported(`object ${component.name}`, element));
  const nameField = child(element, 'nameField');
  if (isMetadata) problems.push(...customMetadataRules(element));
  if (isCustom) problems.push(...requiredParts(element), ...(nameField ? nameFieldRules(nameField) : []));
  const sharing = sharingModel(component.name, element);
  if (sharing.problem) problems.push(sharing.problem);
  const type = nameField && textOf(nameField, 'type') === 'AutoNumber' ? 'AutoNumber' : 'Text';
  const declared: DeclaredObject = {
    ...component,
    label: textOf(element, 'label'),
    pluralLabel: textOf(element, 'pluralLabel'),
    isCustomMetadata: isMetadata,
    sharingModel: sharing.model,
    nameField: nameField
      ? {
          label: textOf(nameField, 'label') ?? 'Name',
          type,
          displayFormat: type === 'AutoNumber' ? textOf(nameField, 'displayFormat') : null,
        }
      : null,
  };
  return { declared, problems };
}

const SHARING_MODELS: readonly SharingModel[] = ['Private', 'Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess'];

/** ControlledByParent is where the standard objects have it; a custom object would need a master, whose sharing is not worked out. */
function sharingModel(object: string, element: XmlElement): { model: SharingModel | null; problem: Problem | null } {
  const written = child(element, 'sharingModel');
  if (!written) return { model: null, problem: null };
  const value = written.text.trim();
  const model = SHARING_MODELS.find((each) => each === value) ?? null;
  if (model === null || CONTROLLED.has(object)) return { model: null, problem: unsupported(`sharingModel ${value} of ${object}`, written) };
  return { model, problem: null };
}

/** Objects whose org-wide default the local org does not change. */
const CONTROLLED = new Set(['Contact', 'Task', 'Event', 'CaseComment', 'OpportunityContactRole', 'OpportunityHistory']);

/** Together they make an object an Enterprise Application object. */
const ENTERPRISE = ['enableBulkApi', 'enableSharing', 'enableStreamingApi'];

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm */
function requiredParts(element: XmlElement): Problem[] {
  const messages: string[] = [];
  if (textOf(element, 'label') === null) messages.push('Must specify a non-empty label for the CustomObject');
  if (textOf(element, 'pluralLabel') === null) messages.push('Must specify a non-empty pluralLabel for the CustomObject');
  if (child(element, 'nameField') === undefined) messages.push("Must specify 'nameField' for the CustomObject");
  if (child(element, 'deploymentStatus') === undefined) messages.push("Must specify 'deploymentStatus' for the CustomObject");
  if (child(element, 'sharingModel') === undefined) messages.push("Must specify 'sharingModel' for the CustomObject");
  const enterprise = ENTERPRISE.filter((name) => child(element, name) !== undefined).map((name) => flagOf(element, name));
  if (new Set(enterprise).size > 1) messages.push(`${ENTERPRISE.join(', ')} must be enabled together, or none of them`);
  return messages.map((message) => ({ message, location: element.at }));
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadatatypes.htm */
function customMetadataRules(element: XmlElement): Problem[] {
  const problems: Problem[] = [];
  for (const name of ['label', 'pluralLabel']) {
    if (textOf(element, name) === null)
      problems.push({ message: `Must specify a non-empty ${name} for the CustomObject`, location: element.at });
  }
  for (const name of ['nameField', 'sharingModel', 'externalSharingModel', 'deploymentStatus']) {
    const each = child(element, name);
    if (each) problems.push({ message: `Can not specify '${name}' for a custom metadata type`, location: each.at });
  }
  const visibility = child(element, 'visibility');
  const value = textOf(element, 'visibility') ?? 'Public';
  if (visibility && value !== 'Public') problems.push(unsupported(`visibility ${value} of a custom metadata type`, visibility));
  return problems;
}

function nameFieldRules(nameField: XmlElement): Problem[] {
  const type = textOf(nameField, 'type');
  if (type !== 'Text' && type !== 'AutoNumber')
    return [{ message: "The type of a nameField must be 'Text' or 'AutoNumber'", location: nameField.at }];
  const problems: Problem[] = [];
  if (textOf(nameField, 'label') === null)
    problems.push({ message: 'Must specify a non-empty label for the nameField', location: nameField.at });
  const format = textOf(nameField, 'displayFormat');
  if (type === 'AutoNumber' && !/\{0+\}/.test(format ?? '')) {
    problems.push({ message: "The displayFormat of an AutoNumber must hold its number, for example 'A-{0000}'", location: nameField.at });
  }
  return problems;
}
