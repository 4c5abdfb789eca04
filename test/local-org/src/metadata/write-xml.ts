import { METADATA_NAMESPACE, type XmlElement } from './xml-element.ts';

/** A metadata file with this element as its root, indented as the Metadata API does. */
export function writeXml(root: XmlElement): string {
  const namespaces = `xmlns="${METADATA_NAMESPACE}"${usesTypes(root) ? TYPE_NAMESPACES : ''}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root.name} ${namespaces}>\n${root.children.map((each) => write(each, 1)).join('')}</${root.name}>\n`;
}

const TYPE_NAMESPACES = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

function usesTypes({ xsiType, isNil, children }: XmlElement): boolean {
  return xsiType !== null || isNil || children.some(usesTypes);
}

function write({ name, text, xsiType, isNil, attributes: own, children }: XmlElement, depth: number): string {
  const indent = '    '.repeat(depth);
  const others = Object.entries(own).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  const attributes = `${others.join('')}${xsiType === null ? '' : ` xsi:type="xsd:${xsiType}"`}${isNil ? ' xsi:nil="true"' : ''}`;
  if (children.length > 0) {
    return `${indent}<${name}${attributes}>\n${children.map((each) => write(each, depth + 1)).join('')}${indent}</${name}>\n`;
  }
  return isNil ? `${indent}<${name}${attributes}/>\n` : `${indent}<${name}${attributes}>${escapeText(text)}</${name}>\n`;
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/'/g, '&apos;').replace(/"/g, '&quot;');
}
