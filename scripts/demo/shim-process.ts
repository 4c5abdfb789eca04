import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { z } from 'zod';
import { ROOT } from '../run-command.ts';

export const BUNDLE = join(ROOT, 'mcp-shim', 'dist', 'main.mjs');

const ErrorText = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).nullish() }),
});

/** What a tool answered, as the client sees it. */
export type ToolAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly details: Record<string, unknown> };

/** The bundled shim as a host runs it: a process of its own behind stdio, with a real MCP client in front. */
export class ShimProcess {
  readonly client = new Client({ name: 'revops-demo', version: '1.0.0' });

  async connect(instanceUrl: string, token: string): Promise<void> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [BUNDLE],
      env: { SFDC_INSTANCE_URL: instanceUrl, SFDC_ACCESS_TOKEN: token, REVOPS_LOG_LEVEL: 'error' },
      stderr: 'inherit',
    });
    await this.client.connect(transport);
  }

  async call<T>(name: string, args: Record<string, unknown>, shape: z.ZodType<T>): Promise<ToolAnswer<T>> {
    const result = await this.client.callTool({ name, arguments: args });
    const [first] = z.array(z.object({ type: z.literal('text'), text: z.string() })).parse(result.content);
    const json: unknown = JSON.parse(first?.text ?? 'null');
    if (result.isError !== true) return { ok: true, value: shape.parse(json) };
    const { code, message, details } = ErrorText.parse(json).error;
    return { ok: false, code, message, details: details ?? {} };
  }

  /** For steps that the session cannot do without. */
  async must<T>(name: string, args: Record<string, unknown>, shape: z.ZodType<T>): Promise<T> {
    const answer = await this.call(name, args, shape);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.code} ${answer.message}`);
    return answer.value;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
