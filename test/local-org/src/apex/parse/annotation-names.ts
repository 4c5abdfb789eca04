/**
 * The annotations of the platform, spelled as its pages spell them.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation.htm
 */
const NAMES = [
  'AuraEnabled',
  'Deprecated',
  'Future',
  'HttpDelete',
  'HttpGet',
  'HttpPatch',
  'HttpPost',
  'HttpPut',
  'InvocableMethod',
  'InvocableVariable',
  'IsTest',
  'JsonAccess',
  'NamespaceAccessible',
  'ReadOnly',
  'RemoteAction',
  'RemoteEnabled',
  'RestResource',
  'SuppressWarnings',
  'TestSetup',
  'TestVisible',
];

/** An annotation as its page spells it, or undefined where the platform has none of that name. */
export function annotationName(name: string): string | undefined {
  return NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
}

/** What is said of an annotation at a place where it cannot stand. */
export function annotationProblem(name: string, where: string): string {
  const known = annotationName(name);
  return known === undefined ? `Annotation does not exist: ${name}` : `${known} is not allowed on ${where}`;
}
