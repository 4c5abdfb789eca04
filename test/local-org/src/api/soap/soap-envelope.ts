import { DOMParser, type Element, type Node } from '@xmldom/xmldom';

/** An element of a SOAP request, without its namespaces. */
export interface SoapElement {
  readonly name: string;
  /** Text directly inside, as sent. */
  readonly text: string;
  readonly children: readonly SoapElement[];
}

export interface SoapRequest {
  /** Of the SessionHeader; empty where there is none. */
  readonly sessionId: string;
  /** Undefined where the envelope has none. */
  readonly header: SoapElement | undefined;
  /** The one element of the body. */
  readonly operation: SoapElement;
}

/** A request that is refused, in the form that SOAP has for it: always HTTP 500. */
export class SoapFault extends Error {
  /** `INVALID_SESSION_ID` */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SoapFault';
    this.code = code;
  }
}

/** What an answer holds: an array repeats its element, null is `xsi:nil`, undefined leaves it out. */
export type SoapValue = string | number | boolean | null | undefined | readonly SoapValue[] | { readonly [name: string]: SoapValue };

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** @throws SoapFault for what is no envelope with exactly one element in its body */
export function parseEnvelope(text: string): SoapRequest {
  const root = documentElement(text);
  const body = child(root, 'Body');
  const [operation, ...more] = body?.children ?? [];
  if (root.name !== 'Envelope' || !operation || more.length > 0)
    throw new SoapFault('UNKNOWN_EXCEPTION', 'The SOAP body holds one operation');
  const header = child(root, 'Header');
  const session = header && child(header, 'SessionHeader');
  return { sessionId: session ? textOf(session, 'sessionId') : '', header, operation };
}

function documentElement(text: string): SoapElement {
  const stop = (_level: string, message: string): void => {
    // U+FFFD is a character like any other; the parser only suspects that the text was decoded wrongly.
    if (message.startsWith('Unicode replacement character')) return;
    throw new SoapFault('UNKNOWN_EXCEPTION', `The SOAP message cannot be read: ${message}`);
  };
  let root: Element | null;
  try {
    root = new DOMParser({ onError: stop }).parseFromString(text, 'text/xml').documentElement;
  } catch (error) {
    throw error instanceof SoapFault ? error : new SoapFault('UNKNOWN_EXCEPTION', 'The SOAP message cannot be read');
  }
  if (!root) throw new SoapFault('UNKNOWN_EXCEPTION', 'The SOAP message is empty');
  return toElement(root);
}

function toElement(element: Element): SoapElement {
  const children: SoapElement[] = [];
  let text = '';
  for (const node of element.childNodes as Iterable<Node>) {
    if (node.nodeType === ELEMENT) children.push(toElement(node as Element));
    else if (node.nodeType === TEXT || node.nodeType === CDATA) text += node.nodeValue ?? '';
  }
  return { name: element.localName ?? element.nodeName, text, children };
}

export function child(element: SoapElement, name: string): SoapElement | undefined {
  return element.children.find((each) => each.name === name);
}

/** Text of a child; empty where it is missing. */
export function textOf(element: SoapElement, name: string): string {
  return child(element, name)?.text.trim() ?? '';
}

export function childrenNamed(element: SoapElement, name: string): readonly SoapElement[] {
  return element.children.filter((each) => each.name === name);
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * The answer of an operation: `deployResponse` with its result.
 * @param header elements of the header, written
 */
export function envelope(namespace: string, operation: string, result: SoapValue, header = ''): string {
  const body = `<${operation}Response>${element('result', result)}</${operation}Response>`;
  return wrap(namespace, body, header === '' ? '' : `<soapenv:Header>${header}</soapenv:Header>`);
}

export function faultEnvelope(namespace: string, { code, message }: SoapFault): string {
  const text = `<faultcode>sf:${code}</faultcode><faultstring>${escaped(`${code}: ${message}`)}</faultstring>`;
  return wrap(namespace, `<soapenv:Fault>${text}</soapenv:Fault>`, '');
}

function wrap(namespace: string, body: string, header: string): string {
  const namespaces = `xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}" xmlns:sf="${namespace}" xmlns:xsi="${XSI}"`;
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${namespaces}>${header}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** A value as XML elements of a name. */
export function element(name: string, value: SoapValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((each) => element(name, each)).join('');
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const parts = Object.entries(value).map(([key, part]) => element(key, part));
  return `<${name}>${parts.join('')}</${name}>`;
}

function isList(value: SoapValue): value is readonly SoapValue[] {
  return Array.isArray(value);
}

/** Characters that XML 1.0 cannot carry become U+FFFD. */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
