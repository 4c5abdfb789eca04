import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  ErrorCode,
  ListResourceTemplatesRequestSchema,
  ListResourcesRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

const riskThresholds = {
  uri: 'revops://risk-thresholds',
  name: 'risk_thresholds',
  title: 'Risk thresholds of Salesforce deals, as they are in force',
  description: 'From when on an open Salesforce deal counts as at risk, by rule and severity',
  mimeType: 'application/json',
};

/** Answers `resources/list` and `resources/read`. @param thresholds those in force; absent where the settings are wrong */
export function offerResources(server: Server, thresholds: (() => unknown) | undefined): void {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: thresholds ? [riskThresholds] : [] }));
  // Clients ask for them wherever there are resources.
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [] }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => {
    const { uri, mimeType } = riskThresholds;
    if (params.uri !== uri || !thresholds) throw new McpError(ErrorCode.InvalidParams, `unknown resource; there is ${uri}`);
    return { contents: [{ uri, mimeType, text: JSON.stringify(thresholds(), undefined, 2) }] };
  });
}
