import { NotSupported } from '../errors.ts';
import type { FieldDef, Lookup, ObjectDef, Schema, Value } from '../schema/types.ts';
import { formulaType, isBlank, type Checked, type FieldPath, type FormulaType } from './formula-types.ts';
import { FUNCTIONS, isPlatformFunction, type FormulaFunction } from './functions.ts';
import type { FormulaNode } from './syntax.ts';

const ORDERED: ReadonlySet<FormulaType> = new Set(['Number', 'Date', 'DateTime', 'Time']);

/** Stands for an expression that is wrong, so that one mistake gives one message. */
const WRONG: Checked = { type: 'Null', run: () => null };

/** Names and types of a formula; `problems` is empty if `root` may be run. */
export function check(node: FormulaNode, object: ObjectDef, schema: Schema): { root: Checked; paths: FieldPath[]; problems: string[] } {
  const checker = new Checker(object, schema);
  const root = checker.node(node, false);
  return { root, paths: [...checker.paths.values()], problems: checker.problems };
}

class Checker {
  readonly problems: string[] = [];
  /** By their text in lower case. */
  readonly paths = new Map<string, FieldPath>();
  readonly #object: ObjectDef;
  readonly #schema: Schema;

  constructor(object: ObjectDef, schema: Schema) {
    this.#object = object;
    this.#schema = schema;
  }

  node(node: FormulaNode, picklistAllowed: boolean): Checked {
    switch (node.kind) {
      case 'text':
        return constant('Text', node.value);
      case 'number':
        return constant('Number', node.value);
      case 'boolean':
        return constant('Boolean', node.value);
      case 'null':
        return constant('Null', null);
      case 'field':
        return this.#field(node.name, picklistAllowed);
      case 'call':
        return this.#call(node.name, node.args);
      case 'operator':
        return this.#operator(node.operator, node.left, node.right);
    }
  }

  #wrong(message: string): Checked {
    this.problems.push(message);
    return WRONG;
  }

  #field(name: string, picklistAllowed: boolean): Checked {
    if (name.startsWith('$')) throw new NotSupported(`formula variable ${name}`);
    if (name.includes(':')) throw new NotSupported(`formula field ${name}`);
    const names = name.split('.');
    const last = names.pop() ?? '';
    const path: string[] = [];
    let object = this.#object;
    for (const relationship of names) {
      const field = known(this.#schema.parentRelationship(object, relationship), name);
      const [target = '', second] = field?.referenceTo ?? [];
      if (second !== undefined) throw new NotSupported(`formula field ${name}`);
      const parent = known(this.#schema.object(target), name);
      if (!field || !parent) return this.#wrong(missingField(name));
      path.push(field.relationshipName ?? relationship);
      object = parent;
    }
    const field = known(this.#schema.field(object, last), name);
    if (!field) return this.#wrong(missingField(name));
    const type = formulaType(field.type);
    const isLongText = field.type === 'textarea' && !field.filterable;
    if (type === undefined || isLongText) {
      return this.#wrong(`You cannot reference the field ${field.name} in this formula: its type is ${field.type}.`);
    }
    if (type === 'Picklist' && !picklistAllowed) {
      return this.#wrong(`Field ${field.name} is a picklist field. Picklist fields are only supported in certain functions.`);
    }
    return this.#reader([...path, field.name], field, type);
  }

  #reader(path: FieldPath, field: FieldDef, type: FormulaType): Checked {
    this.paths.set(path.join('.').toLowerCase(), path);
    // Formulas see ids in their 15-character form. https://help.salesforce.com/s/articleView?id=000385585
    const isId = field.type === 'id' || field.type === 'reference';
    return {
      type,
      run: (read) => {
        const value = read(path);
        return isId && typeof value === 'string' ? value.slice(0, 15) : value;
      },
    };
  }

  #call(name: string, nodes: readonly FormulaNode[]): Checked {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!known) {
      if (isPlatformFunction(name)) throw new NotSupported(`formula function ${name}`);
      return this.#wrong(`Unknown function ${name}. Check spelling.`);
    }
    if (nodes.length < known.least || nodes.length > known.most) {
      const count = nodes.length < known.least ? known.least : known.most;
      return this.#wrong(`Incorrect number of parameters for function '${name}()'. Expected ${count}, received ${nodes.length}`);
    }
    const before = this.problems.length;
    const args = nodes.map((node, index) => this.node(node, known.takesPicklist?.(index) ?? false));
    this.#expectTypes(name, known, args);
    if (this.problems.length > before) return WRONG;
    return { type: known.returns(args), run: (read) => known.run(args, read) };
  }

  #expectTypes(name: string, known: FormulaFunction, args: readonly Checked[]): void {
    for (const [index, arg] of args.entries()) {
      const alike = known.alike?.includes(index) ? args[known.alike[0] ?? 0]?.type : undefined;
      const expected = known.expects(index) ?? (alike === 'Null' ? undefined : alike);
      if (expected == null || arg.type === 'Null' || arg.type === expected) continue;
      this.#wrong(`Incorrect parameter type for function '${name}()'. Expected ${expected}, received ${arg.type}`);
    }
  }

  #operator(operator: string, leftNode: FormulaNode, rightNode: FormulaNode): Checked {
    if (operator === '&&' || operator === '||') return this.#call(operator === '&&' ? 'AND' : 'OR', [leftNode, rightNode]);
    if (/^[-+*/^]$/.test(operator)) throw new NotSupported(`formula operator ${operator}`);
    const before = this.problems.length;
    const left = this.node(leftNode, false);
    const right = this.node(rightNode, false);
    if (this.problems.length > before) return WRONG;
    if (operator === '&') return this.#concatenation(left, right);
    return this.#comparison(operator, left, right);
  }

  #concatenation(left: Checked, right: Checked): Checked {
    const strange = [left, right].find(({ type }) => type !== 'Text' && type !== 'Null');
    if (strange) return this.#wrong(`Incorrect parameter type for operator '&'. Expected Text, received ${strange.type}`);
    return { type: 'Text', run: (read) => String(left.run(read) ?? '') + String(right.run(read) ?? '') };
  }

  #comparison(operator: string, left: Checked, right: Checked): Checked {
    const type = left.type === 'Null' ? right.type : left.type;
    const isEquality = /^(?:=|==|<>|!=)$/.test(operator);
    if (!isEquality && !ORDERED.has(type) && type !== 'Null') {
      return this.#wrong(`Incorrect parameter type for operator '${operator}'. Expected Number, Date, DateTime, received ${type}`);
    }
    if (right.type !== type && right.type !== 'Null' && left.type !== 'Null') {
      return this.#wrong(`Incorrect parameter type for operator '${operator}'. Expected ${type}, received ${right.type}`);
    }
    return { type: 'Boolean', run: (read) => compared(operator, operand(type, left.run(read)), operand(type, right.run(read))) };
  }
}

function known<T>(found: Lookup<T>, name: string): T | undefined {
  if (found.kind === 'unsupported') throw new NotSupported(`formula field ${name}`);
  return found.kind === 'known' ? found.def : undefined;
}

function missingField(name: string): string {
  return `Field ${name} does not exist. Check spelling.`;
}

function constant(type: FormulaType, value: Value): Checked {
  return { type, run: () => value };
}

/** Blank numbers count as zero and blank text as empty; a blank date stays blank. */
function operand(type: FormulaType, value: Value): Value {
  if (!isBlank(value)) return value;
  if (type === 'Number') return 0;
  return type === 'Text' ? '' : null;
}

function compared(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '<>':
    case '!=':
      return left !== right;
  }
  if (left === null || right === null) return false;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
