import { parse } from '@babel/parser';
import type { File, ImportDeclaration, Node } from '@babel/types';
import type { Problem } from '../../errors.ts';
import type { BundleFile } from '../package.ts';

/** What one JavaScript file of a bundle imports, and from where. */
export interface ModuleImport {
  /** `c/auditTable`, `@salesforce/apex/Audits.latest`, `./util` */
  readonly specifier: string;
  /** Names as the other module exports them; `default`, and `*` for all of it. */
  readonly names: readonly string[];
  readonly line: number;
  readonly column: number;
}

export interface ParsedModule {
  readonly imports: readonly ModuleImport[];
  /** Of the default export: a class that extends another, anything else, or nothing. */
  readonly defaultExport: 'component' | 'other' | 'none';
  readonly problems: readonly Problem[];
}

const parsed = new WeakMap<BundleFile, ParsedModule>();

/** Reads a JavaScript module as the platform's compiler for components does, which has the same parser. */
export function parseModule(file: BundleFile): ParsedModule {
  const known = parsed.get(file);
  if (known) return known;
  const module = read(file);
  parsed.set(file, module);
  return module;
}

function read(file: BundleFile): ParsedModule {
  const imports: ModuleImport[] = [];
  const exported: ParsedModule['defaultExport'][] = [];
  let tree: File;
  try {
    tree = parse(file.text, { sourceType: 'module', plugins: [['decorators', { decoratorsBeforeExport: true }]] });
  } catch (error) {
    return { imports, defaultExport: 'none', problems: [syntaxProblem(error, file)] };
  }
  visit(tree.program, (node) => {
    if (node.type === 'ImportDeclaration') imports.push({ ...specifierAt(node.source), names: importedNames(node) });
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source) {
      imports.push({ ...specifierAt(node.source), names: [] });
    }
    if (node.type === 'CallExpression' && node.callee.type === 'Import') {
      const [argument] = node.arguments;
      if (argument?.type === 'StringLiteral') imports.push({ ...specifierAt(argument), names: ['*'] });
    }
    if (node.type === 'ExportDefaultDeclaration') exported.push(isComponent(node.declaration) ? 'component' : 'other');
  });
  return { imports, defaultExport: exported[0] ?? 'none', problems: [] };
}

function isComponent(node: Node): boolean {
  return (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') && node.superClass != null;
}

function specifierAt({ value, loc }: { value: string; loc?: Node['loc'] }): Omit<ModuleImport, 'names'> {
  return { specifier: value, line: loc?.start.line ?? 1, column: (loc?.start.column ?? 0) + 1 };
}

function importedNames({ specifiers }: ImportDeclaration): string[] {
  return specifiers.map((each) => {
    if (each.type === 'ImportDefaultSpecifier') return 'default';
    if (each.type === 'ImportNamespaceSpecifier') return '*';
    return each.imported.type === 'Identifier' ? each.imported.name : each.imported.value;
  });
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node) as unknown[]) {
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(each)) visit(each, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'loc' in value;
}

/** The parser throws a SyntaxError with `loc`, and says the place once more in its message. */
function syntaxProblem(error: unknown, { file }: BundleFile): Problem {
  if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
  const { line, column } = error.loc as { line: number; column: number };
  return { message: `Parsing error: ${error.message.replace(/ \(\d+:\d+\)$/, '')}`, location: { file, line, column: column + 1 } };
}
