import type { ApexComponent, Component } from './package.ts';
import type { XmlElement } from './xml-element.ts';

/** Parts of an object that are components of their own. */
const PARTS: ReadonlySet<string> = new Set(['fields', 'validationRules']);

/** Whether two versions of a component say the same, wherever it stands in its file and however it is indented. */
export function sameContent(one: Component, other: Component): boolean {
  return sourceOf(one) === sourceOf(other) && contentOf(one.element, one.type) === contentOf(other.element, other.type);
}

function sourceOf(component: Component): string | null {
  return 'source' in component ? (component as ApexComponent).source : null;
}

/** Source and metadata format differ in the order of elements, and in the full name that a part carries inside its object. */
function contentOf(element: XmlElement, type: string): string {
  const children = element.children.filter(({ name }) => name !== 'fullName' && !(type === 'CustomObject' && PARTS.has(name)));
  return JSON.stringify(children.map(plain).sort());
}

function plain({ name, text, isNil, children }: XmlElement): string {
  return JSON.stringify([name, children.length === 0 ? text : '', isNil, children.map(plain)]);
}
