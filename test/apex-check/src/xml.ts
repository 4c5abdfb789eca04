import { readFileSync } from 'node:fs';
import { DOMParser, type Element } from '@xmldom/xmldom';

/** The root element of an XML file; throws with line and column where it is not well-formed. */
export function readXml(file: string): Element {
  const document = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(readFileSync(file, 'utf8'), 'text/xml');
  if (!document.documentElement) throw new Error('The file has no root element.');
  return document.documentElement;
}

/** The child elements of a name. */
export function children(element: Element, name: string): Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1 && node.nodeName === name);
}

/** The text of the first child element of a name, trimmed; undefined where there is none or it is empty. */
export function textOf(element: Element, name: string): string | undefined {
  return children(element, name)[0]?.textContent?.trim() || undefined;
}
