/** What is needed of an `initialize` request to answer it. */
export interface InitializeRequest {
  id: string | number;
  params: { protocolVersion: string };
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const requestId: Check = (value) => text(value) || Number.isSafeInteger(value);
const object = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectsByName: Check = (value) => object(value) && Object.values(value).every(object);
const is =
  (literal: string): Check =>
  (value) =>
    value === literal;

/** An object that has the required keys, and besides them none but the optional ones. */
function shape(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  return (value) =>
    object(value) &&
    Object.keys(required).every((key) => Object.hasOwn(value, key)) &&
    Object.entries(value).every(([key, member]) => checks.get(key)?.(member) ?? false);
}

const capabilities = shape(
  {},
  {
    roots: shape({}, { listChanged: flag }),
    sampling: shape({}, { context: object, tools: object }),
    elicitation: shape({}, { form: shape({}, { applyDefaults: flag }), url: object }),
    experimental: objectsByName,
    extensions: objectsByName,
  },
);
const clientInfo = shape({ name: text, version: text }, { title: text, websiteUrl: text, description: text });
const params = shape({ protocolVersion: text, capabilities, clientInfo });
const initialize = shape({ jsonrpc: is('2.0'), id: requestId, method: is('initialize'), params });

/**
 * Recognizes the `initialize` requests that clients are known to send, and no other: whatever the MCP SDK might refuse, or read in its
 * own way, is left to it. Written by hand because a schema library takes longer to load than the answer may take.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/schema#initializerequest
 */
export function initializeRequestIn(line: string): InitializeRequest | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isInitialize(message) ? message : undefined;
}

function isInitialize(message: unknown): message is InitializeRequest {
  return initialize(message);
}
