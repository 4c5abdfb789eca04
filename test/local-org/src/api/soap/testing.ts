import type { TestClient } from '../test-client.ts';
import { escaped, parseEnvelope, type SoapElement } from './soap-envelope.ts';

/** For tests: a SOAP answer, its body's element as plain values. */
export interface SoapReply {
  readonly status: number;
  readonly contentType: string | null;
  /** `deployResponse`, or `Fault`. */
  readonly operation: string;
  /** What is in the element, with every text as it is written and repeated elements as a list. */
  readonly body: unknown;
  readonly text: string;
}

const NAMESPACES = { m: 'http://soap.sforce.com/2006/04/metadata', s: 'http://soap.sforce.com/2006/08/apex' } as const;

/** Sends an operation to the Metadata (`m`) or the Apex (`s`) API, as its WSDL says. */
export function callSoap(
  client: TestClient,
  api: keyof typeof NAMESPACES,
  operation: string,
  { token = client.token, header = '', version = '67.0' }: { token?: string; header?: string; version?: string } = {},
): Promise<SoapReply> {
  const session = `<SessionHeader><sessionId>${escaped(token)}</sessionId></SessionHeader>`;
  return postSoap(
    client,
    `/services/Soap/${api}/${version}`,
    `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header xmlns="${NAMESPACES[api]}">${session}${header}</e:Header><e:Body xmlns="${NAMESPACES[api]}">${operation}</e:Body></e:Envelope>`,
  );
}

/** Posts any text. */
export async function postSoap(client: TestClient, path: string, text: string): Promise<SoapReply> {
  const response = await fetch(client.url + path, {
    method: 'POST',
    body: text,
    headers: { 'Content-Type': 'text/xml', SOAPAction: '""' },
  });
  const answer = await response.text();
  const { operation } = parseEnvelope(answer);
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    operation: operation.name,
    body: plain(operation),
    text: answer,
  };
}

/** An element as values: its text, or its children by name. */
export function plain(element: SoapElement): unknown {
  if (element.children.length === 0) return element.text;
  const values: Record<string, unknown> = {};
  for (const each of element.children) {
    const before = values[each.name];
    const value = plain(each);
    values[each.name] = before === undefined ? value : [...(Array.isArray(before) ? (before as unknown[]) : [before]), value];
  }
  return values;
}
