/**
 * Stands in for undici in the bundle. jsforce's own HTTP layer is never used (every request brings our transport), but its module
 * builds an Agent when it loads; this keeps a megabyte out and Node 20 in.
 */
export class Agent {}
export class ProxyAgent {}
export const errors = { SocketError: class SocketError extends Error {} };
export const fetch = globalThis.fetch;
export const Response = globalThis.Response;
