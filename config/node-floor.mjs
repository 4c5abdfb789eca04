import ts from 'typescript';

// What the server may use of Node: it runs on the oldest that `engines` in mcp-shim/package.json names, while we run on 24.
// The language's own built-ins are a matter of types: mcp-shim/tsconfig.node20.json.

const FLOOR = [20, 19, 0];

/** Globals that @types/node declares without a version, all of them younger. */
const YOUNGER_GLOBALS = [
  'AsyncDisposableStack',
  'DisposableStack',
  'Float16Array',
  'SuppressedError',
  'URLPattern',
  'WebSocket',
  'navigator',
];

/** Refuses what Node brought after the floor: @types/node says of a function or class since when it is there. */
const noYoungerNode = {
  meta: { type: 'problem', schema: [], messages: { younger: '{{name}} came with Node {{since}}; the server runs on {{floor}} too.' } },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program.getTypeChecker();
    return {
      Identifier(node) {
        // `import { name }` is one word and two nodes.
        if (node.parent.type === 'ImportSpecifier' && node.parent.imported === node) return;
        const symbol = checker.getSymbolAtLocation(esTreeNodeToTSNodeMap.get(node));
        const since = symbol && youngestOnly(versionsOf(symbol, checker));
        if (since) context.report({ node, messageId: 'younger', data: { name: node.name, since, floor: FLOOR.join('.') } });
      },
    };
  },
};

export const nodeFloor = {
  plugins: { floor: { rules: { 'no-younger-node': noYoungerNode } } },
  rules: {
    'floor/no-younger-node': 'error',
    'no-restricted-globals': ['error', ...YOUNGER_GLOBALS.map((name) => ({ name, message: `Node ${FLOOR.join('.')} has no ${name}.` }))],
  },
};

/** The versions after `@since` of what a name stands for, if that is of Node; several where it was brought to older lines too. */
function versionsOf(symbol, checker) {
  const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const ofNode = (meant.declarations ?? []).some((declaration) => declaration.getSourceFile().fileName.includes('/@types/node/'));
  const tags = ofNode ? meant.getJsDocTags(checker).filter(({ name }) => name === 'since') : [];
  return tags.flatMap(({ text }) => [...ts.displayPartsToString(text).matchAll(/v(\d+)\.(\d+)\.(\d+)/g)]);
}

/** The first of them, if the floor has none; nothing where it has one, or where none is known. */
function youngestOnly(versions) {
  const reached = versions.some(
    ([, major, minor]) => Number(major) < FLOOR[0] || (Number(major) === FLOOR[0] && Number(minor) <= FLOOR[1]),
  );
  return versions.length > 0 && !reached ? versions[0][0] : undefined;
}
