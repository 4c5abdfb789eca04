import { OBJECT_PARTS } from './object-parts.ts';
import type { ApexComponent, Component, OtherComponent } from './package.ts';
import type { XmlElement } from './xml-element.ts';

/** Parts of an object that are components of their own. */
const PARTS: ReadonlySet<string> = new Set(Object.values(OBJECT_PARTS));

/** Whether two versions of a component say the same, wherever it stands in its file and however it is indented. */
export function sameContent(one: Component, other: Component): boolean {
  return sourceOf(one) === sourceOf(other) && contentOf(one.element, one.type) === contentOf(other.element, other.type);
}

function sourceOf(component: Component): string | null {
  if ('resources' in component) {
    const files = (component as OtherComponent).resources.map(({ name, text }) => JSON.stringify([name, text]));
    return files.sort().join();
  }
  return 'source' in component ? (component as ApexComponent).source : null;
}

/** Source and metadata format differ in the order of elements, and in the full name that a part carries inside its object. */
function contentOf(element: XmlElement, type: string): string {
  const children = element.children.filter(({ name }) => name !== 'fullName' && !(type === 'CustomObject' && PARTS.has(name)));
  return JSON.stringify(children.map(plain).sort());
}

function plain({ name, text, isNil, attributes, children }: XmlElement): string {
  return JSON.stringify([name, children.length === 0 ? text : '', isNil, attributes, children.map(plain)]);
}
