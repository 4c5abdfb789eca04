import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Fault } from './fault.ts';
import type { Faults } from './faults.ts';

/** Stands before and after the APIs, so that a fault hits as a network or a gateway would. */
export function faultMiddleware(faults: Faults): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    const before = faults.meet('before', context.req.method, context.req.path);
    const instead = before && (await strike(before, context.env));
    if (instead) return instead;
    await next();
    const after = faults.meet('after', context.req.method, context.req.path);
    const withheld = after && (await strike(after, context.env));
    if (withheld) {
      context.res = undefined;
      context.res = withheld;
    }
    return undefined;
  };
}

/** The answer that a fault gives; undefined lets the request go on. */
async function strike(fault: Fault, env: HttpBindings): Promise<Response | undefined> {
  const { effect } = fault;
  switch (effect.kind) {
    case 'status':
      return new Response(effect.body ?? null, { status: effect.status, headers: { ...contentType(effect.body), ...effect.headers } });
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, effect.milliseconds));
      return undefined;
    case 'cut':
      env.incoming.socket.destroy();
      return never();
    case 'silent':
      return never();
  }
}

/** Never settles: the connection ends with the client, or with the server that closes. */
function never(): Promise<Response> {
  return new Promise(() => {});
}

function contentType(body: string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { 'Content-Type': body.trimStart().startsWith('<') ? 'text/html;charset=UTF-8' : 'application/json;charset=UTF-8' };
}
