import type { Problem } from '../errors.ts';
import { child, type XmlElement } from './xml-element.ts';

/**
 * The most characters that the pages of a type name for its texts.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custompermission.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_custommetadata.htm
 */
const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CustomMetadata: { description: 1000 },
  CustomObject: { description: 1000 },
  CustomPermission: { description: 255, label: 80 },
  PermissionSet: { description: 255, label: 80 },
};

/** Texts of a component that are longer than its type allows. */
export function textLimits(element: XmlElement, type: string): Problem[] {
  return Object.entries(LIMITS[type] ?? {}).flatMap(([name, most]) => {
    const text = child(element, name);
    const length = text?.text.trim().length ?? 0;
    return text && length > most
      ? [{ message: `The ${name} of a ${type} has ${length} characters, more than ${most}`, location: text.at }]
      : [];
  });
}
