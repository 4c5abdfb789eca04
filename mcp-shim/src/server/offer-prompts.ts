import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode, GetPromptRequestSchema, ListPromptsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { Surface } from './instructions.ts';
import { prompts, promptText } from './prompts.ts';

/** Answers `prompts/list` and `prompts/get`. */
export function offerPrompts(server: Server, surface: Surface): void {
  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: prompts.map(({ name, title, description, arguments: takes }) => ({ name, title, description, arguments: [...takes] })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = prompts.find(({ name }) => name === params.name);
    if (!prompt) throw refused(`unknown prompt; there are ${prompts.map(({ name }) => name).join(', ')}`);
    const text = promptText(prompt, params.arguments ?? {}, surface);
    if (text === undefined) throw refused(`${prompt.name} takes ${prompt.arguments.map(({ name }) => name).join(', ')} alone`);
    return { description: prompt.description, messages: [{ role: 'user', content: { type: 'text', text } }] };
  });
}

function refused(why: string): McpError {
  return new McpError(ErrorCode.InvalidParams, why);
}
