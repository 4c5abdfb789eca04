// The least that answers `initialize` over stdio: what any MCP server on this Node costs before it does anything. Plain JavaScript, so
// that nothing has to be stripped or loaded.
process.stdin.setEncoding('utf8').once('data', (line) => {
  const { id, params } = JSON.parse(line);
  const result = { protocolVersion: params.protocolVersion, capabilities: {}, serverInfo: { name: 'bare', version: '0' } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
});
