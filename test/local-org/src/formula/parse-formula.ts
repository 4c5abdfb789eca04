import { FormulaSyntaxError, type FormulaNode } from './syntax.ts';
import { tokenize, type Token } from './tokens.ts';

/** Binary operators, those that bind loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '<=', '>', '>='],
  ['&', '+', '-'],
  ['*', '/'],
  ['^'],
];

/**
 * @see https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm
 * @throws FormulaSyntaxError
 */
export function parseFormula(text: string): FormulaNode {
  const parser = new Parser(tokenize(text));
  return parser.formula();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  formula(): FormulaNode {
    const node = this.#binary(0);
    const left = this.#peek();
    if (left.kind !== 'end')
      throw new FormulaSyntaxError(left.text === ')' ? "Syntax error. Extra ')'" : `Syntax error. Extra ${left.text}`);
    return node;
  }

  #binary(level: number): FormulaNode {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (let token = this.#peek(); token.kind === 'symbol' && operators.includes(token.text); token = this.#peek()) {
      this.#next += 1;
      left = { kind: 'operator', operator: token.text, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #unary(): FormulaNode {
    if (this.#accept('!')) return { kind: 'call', name: 'NOT', args: [this.#unary()] };
    if (!this.#accept('-')) return this.#primary();
    const operand = this.#unary();
    if (operand.kind === 'number') return { kind: 'number', value: -operand.value };
    return { kind: 'operator', operator: '-', left: { kind: 'number', value: 0 }, right: operand };
  }

  #primary(): FormulaNode {
    const token = this.#peek();
    this.#next += 1;
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'name') return this.#named(token.text);
    if (token.text === '(' && token.kind === 'symbol') {
      const inner = this.#binary(0);
      this.#close();
      return inner;
    }
    throw new FormulaSyntaxError(token.kind === 'end' ? 'Syntax error. The formula ends too early' : `Syntax error. Found '${token.text}'`);
  }

  #named(name: string): FormulaNode {
    if (this.#accept('(')) return { kind: 'call', name: name.toUpperCase(), args: this.#args() };
    if (/^true$/i.test(name)) return { kind: 'boolean', value: true };
    if (/^false$/i.test(name)) return { kind: 'boolean', value: false };
    if (/^null$/i.test(name)) return { kind: 'null' };
    return { kind: 'field', name };
  }

  #args(): FormulaNode[] {
    const args: FormulaNode[] = [];
    if (this.#accept(')')) return args;
    do args.push(this.#binary(0));
    while (this.#accept(','));
    this.#close();
    return args;
  }

  #close(): void {
    if (!this.#accept(')')) throw new FormulaSyntaxError("Syntax error. Missing ')'");
  }

  #accept(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.#next += 1;
    return true;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: 'end of the formula' };
  }
}
