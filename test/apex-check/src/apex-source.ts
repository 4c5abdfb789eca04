import { ApexErrorListener, ApexParserFactory, type CompilationUnitContext, type TriggerUnitContext } from '@apexdevtools/apex-parser';

/** Throws at the first syntax error, so that no check can pass over a source that it has not really read. */
class Strict extends ApexErrorListener {
  private readonly file: string;

  constructor(file: string) {
    super();
    this.file = file;
  }

  override apexSyntaxError(line: number, column: number, message: string): void {
    throw new Error(`${this.file}:${line}:${column + 1}: ${message}`);
  }
}

/** The parse tree of a class or trigger. */
export function parseApex(file: string, source: string): CompilationUnitContext | TriggerUnitContext {
  const { parser } = ApexParserFactory.createLexerAndParser(source, new Strict(file));
  return file.endsWith('.trigger') ? parser.triggerUnit() : parser.compilationUnit();
}
