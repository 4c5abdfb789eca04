import packageJson from '../package.json' with { type: 'json' };

/** The published name, which is also the MCP server's name and the client name in Salesforce's API usage. */
export const packageName: string = packageJson.name;
export const packageVersion: string = packageJson.version;
