/** A sentence of one of the documents that define the tools, restated. */
export interface Statement {
  /** Stands in brackets in the title of each test that shows it. */
  id: string;
  /** First and last line of the document. */
  lines: readonly [number, number];
  says: string;
  /** The tests that show it. */
  tests?: readonly string[];
  /** Where the product does otherwise, or does it elsewhere: the lead of the item in mcp-shim/README.md, "The documents behind the tools". */
  readme?: string;
}

/** A document whose statements hold. It is not part of this repository: its lines are data here. */
export interface SeedDocument {
  /** As its readers call it. */
  name: string;
  /** Of the ids of its statements. */
  prefix: string;
  lineCount: number;
  /** First and last lines of what states nothing: headings, brackets, code fences, empty lines. */
  silent: readonly (readonly [number, number])[];
  statements: readonly Statement[];
}

const tools = 'mcp-shim/src/tools';

/** The unit tests of a tool. */
export function unitTests(tool: string): string {
  return `${tools}/${tool.replaceAll('_', '-')}.test.ts`;
}

export function integrationTests(name: string): string {
  return `test/integration/${name}.test.ts`;
}

/** What is read off the schemas. */
export const schemaTests = 'test/contract/crm-schemas.test.ts';
