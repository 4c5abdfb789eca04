import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import type { Location, Problem } from '../errors.ts';

/** An element of a metadata file. */
export interface XmlElement {
  readonly name: string;
  /** Character data directly inside, as written. */
  readonly text: string;
  readonly at: Location;
  /** The local part of `xsi:type`: `boolean` of `xsd:boolean`; null where it has none. */
  readonly xsiType: string | null;
  /** `xsi:nil` */
  readonly isNil: boolean;
  /** All others than `xsi:type`, `xsi:nil` and declarations of namespaces, by name. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

export type ParsedXml = { readonly root: XmlElement; readonly problem: null } | { readonly root: null; readonly problem: Problem };

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
/** What old tools wrote on the files beside code; the platform reads them as the others. */
const TOOLING_NAMESPACE = 'urn:metadata.tooling.soap.sforce.com';
const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;
/** What XML 1.0 allows nowhere, and the parser lets pass. @see https://www.w3.org/TR/xml/#charsets */

const FORBIDDEN_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Reads a metadata file; malformed text, or a root outside the metadata namespace, is a problem with its place. */
export function parseXml(file: string, text: string): ParsedXml {
  const forbidden = FORBIDDEN_CHARACTER.exec(text);
  if (forbidden) return malformed('An invalid XML character was found', placeOf(file, text, forbidden.index));
  let complaint = '';
  try {
    const stop = (level: string, message: string): never => {
      complaint = message;
      throw new Error(level);
    };
    const root = new DOMParser({ onError: stop }).parseFromString(text, 'text/xml').documentElement;
    if (!root) return malformed('The file has no root element', { file, line: 1, column: 1 });
    const element = toElement(file, root);
    if (root.namespaceURI !== METADATA_NAMESPACE && root.namespaceURI !== TOOLING_NAMESPACE) {
      const message = `Element ${element.name} is not in the namespace ${METADATA_NAMESPACE}`;
      return { root: null, problem: { message, location: element.at } };
    }
    return { root: element, problem: null };
  } catch (error) {
    if (complaint === '') throw error;
    return malformed(complaint, locatorOf(file, error));
  }
}

function malformed(detail: string, location: Location): ParsedXml {
  return { root: null, problem: { message: `Error parsing file: ${detail}`, location } };
}

function toElement(file: string, element: Element): XmlElement {
  const children: XmlElement[] = [];
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === ELEMENT) children.push(toElement(file, node as Element));
    else if (node.nodeType === TEXT || node.nodeType === CDATA) text += node.nodeValue ?? '';
  }
  const attributes = [...element.attributes].filter(
    ({ namespaceURI }) => namespaceURI !== INSTANCE_NAMESPACE && namespaceURI !== XMLNS_NAMESPACE,
  );
  const xsiType = element.getAttributeNS(INSTANCE_NAMESPACE, 'type') ?? '';
  return {
    name: element.localName ?? element.nodeName,
    text,
    at: nodePlace(file, element),
    xsiType: xsiType === '' ? null : xsiType.slice(xsiType.indexOf(':') + 1),
    isNil: isTrue(element.getAttributeNS(INSTANCE_NAMESPACE, 'nil') ?? ''),
    attributes: Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    children,
  };
}

function nodePlace(file: string, node: Node): Location {
  return { file, line: node.lineNumber ?? 1, column: node.columnNumber ?? 1 };
}

function locatorOf(file: string, error: unknown): Location {
  const locator: unknown = error instanceof Error && 'locator' in error ? error.locator : undefined;
  const at = (key: string): number => {
    const value: unknown = typeof locator === 'object' && locator !== null ? Reflect.get(locator, key) : undefined;
    return typeof value === 'number' && value > 0 ? value : 1;
  };
  return { file, line: at('lineNumber'), column: at('columnNumber') };
}

function placeOf(file: string, text: string, index: number): Location {
  const before = text.slice(0, index).split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((each) => each.name === name);
}

/** Text of a child without blanks around it; null where it is missing or empty. */
export function textOf(element: XmlElement, name: string): string | null {
  const text = child(element, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}

export function numberOf(element: XmlElement, name: string): number | null {
  const text = textOf(element, name);
  return text === null ? null : Number(text);
}

export function flagOf(element: XmlElement, name: string, otherwise = false): boolean {
  const text = textOf(element, name);
  return text === null ? otherwise : isTrue(text);
}

/** `true` and `1`, the lexical forms of xsd:boolean. */
function isTrue(text: string): boolean {
  return text === 'true' || text === '1';
}
