import type { Problem } from '../errors.ts';
import { metadataTypes, type ElementType } from './metadata-types.ts';
import { METADATA_NAMESPACE, type XmlElement } from './xml-element.ts';

/** A file whose type the local org refuses for want of knowledge, never by silence. */
export function unsupported(construct: string, element: XmlElement): Problem {
  return { message: `Not supported by the local org: ${construct}`, location: element.at };
}

/** What old tools wrote on the root of a component bundle. */
const IGNORED_ATTRIBUTE = 'fqn';

/**
 * What Metadata API's own parser would refuse: elements that a type does not have or has twice, required ones that are
 * missing, and values that are no boolean, number or member of an enumeration.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_types_list.htm
 */
export function checkElements(element: XmlElement, typeName: string): Problem[] {
  const elements = metadataTypes().elements(typeName);
  if (!elements) return [unsupported(`metadata type ${typeName}`, element)];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const name of Object.keys(element.attributes)) {
    if (name !== IGNORED_ATTRIBUTE) problems.push(unsupported(`attribute ${name} of ${element.name}`, element));
  }
  for (const each of element.children) {
    const declared = elements.get(each.name);
    if (!declared) {
      problems.push(invalid(each, 'invalid', typeName));
      continue;
    }
    if (seen.has(each.name) && !declared.repeats) problems.push(invalid(each, 'duplicated', typeName));
    seen.add(each.name);
    problems.push(...checkValue(each, declared));
  }
  for (const [name, declared] of elements) {
    if (declared.required && !seen.has(name)) problems.push({ message: `Required field is missing: ${name}`, location: element.at });
  }
  return problems;
}

/** An element that its type does not have, or has once. */
function invalid(element: XmlElement, how: 'invalid' | 'duplicated', typeName: string): Problem {
  const name = `{${METADATA_NAMESPACE}}${element.name}`;
  const message =
    how === 'invalid'
      ? `Element ${name} invalid at this location in type ${typeName}`
      : `Element ${name} is duplicated at this location in type ${typeName}`;
  return { message: `Error parsing file: ${message}`, location: element.at };
}

/** An element at a place where its parent's type has none of its name. */
export function invalidElement(element: XmlElement, typeName: string): Problem {
  return invalid(element, 'invalid', typeName);
}

function checkValue(element: XmlElement, declared: ElementType): Problem[] {
  const { type } = declared;
  if (type === 'xml') return [];
  const value = element.text.trim();
  const members = metadataTypes().enumeration(type);
  const isScalar = members !== undefined || type === 'string' || type === 'boolean' || type === 'number' || type === 'any';
  if (!isScalar) {
    if (value !== '')
      return [{ message: `Error parsing file: Element ${element.name} of type ${type} holds text: ${value}`, location: element.at }];
    // Of search layouts the local org knows nothing, and empty ones say nothing: the platform gives them out for every object.
    const saysNothing = element.children.length === 0 && Object.keys(element.attributes).length === 0;
    return type === 'SearchLayouts' && saysNothing ? [] : checkElements(element, type);
  }
  const [attribute] = Object.keys(element.attributes);
  if (attribute !== undefined) return [unsupported(`attribute ${attribute} of ${element.name}`, element)];
  const [nested] = element.children;
  if (nested) return [invalid(nested, 'invalid', type)];
  if (members && !members.includes(value)) return [wrongValue(element, value, `the enum '${type}'`)];
  if (type === 'boolean' && !/^(?:true|false|0|1)$/.test(value)) return [wrongValue(element, value, 'the type xsd:boolean')];
  if (type === 'number' && !/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(value)) return [wrongValue(element, value, 'the type xsd:double')];
  return [];
}

function wrongValue(element: XmlElement, value: string, of: string): Problem {
  return { message: `Error parsing file: '${value}' is not a valid value for ${of} (element ${element.name})`, location: element.at };
}
