/**
 * Stands in for ajv and ajv-formats in the bundle. The SDK checks forms that people fill in with them; ours have no fields, and the
 * server brings a validator of its own. They are a quarter of a megabyte that every start would read, evaluate and keep.
 */
class NotBundled {
  constructor() {
    throw new Error('ajv is not bundled: the MCP server needs a jsonSchemaValidator of its own');
  }
}

export { NotBundled as default };
