import { NotSupported } from '../errors.ts';
import type { FieldDef, Lookup, ObjectDef, Schema, Value } from '../schema/types.ts';
import type { FormulaFunction } from './formula-function.ts';
import { formulaType, type Checked, type FieldPath, type FormulaType, type FormulaUse } from './formula-types.ts';
import { FUNCTIONS, isPlatformFunction } from './functions.ts';
import { operation } from './operators.ts';
import type { FormulaNode } from './syntax.ts';

/** Stands for an expression that is wrong, so that one mistake gives one message. */
const WRONG: Checked = { type: 'Null', run: () => null };

/** Names and types of a formula; `problems` is empty if `root` may be run. */
export function check(
  node: FormulaNode,
  object: ObjectDef,
  schema: Schema,
  use: FormulaUse,
): { root: Checked; paths: FieldPath[]; problems: string[] } {
  const checker = new Checker(object, schema, use);
  const root = checker.node(node, false);
  return { root, paths: [...checker.paths.values()], problems: checker.problems };
}

class Checker {
  readonly problems: string[] = [];
  /** By their text in lower case. */
  readonly paths = new Map<string, FieldPath>();
  readonly #object: ObjectDef;
  readonly #schema: Schema;
  readonly #use: FormulaUse;

  constructor(object: ObjectDef, schema: Schema, use: FormulaUse) {
    this.#object = object;
    this.#schema = schema;
    this.#use = use;
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
        return this.#call(node.name, node.args, picklistAllowed);
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
    // Formula fields treat blank numbers as zeroes; ISBLANK does not see them either. A validation rule has no such setting.
    const blank = type === 'Number' && this.#use === 'field' ? 0 : null;
    return {
      type,
      path,
      run: ({ read }) => {
        const value = read(path) ?? blank;
        return isId && typeof value === 'string' ? value.slice(0, 15) : value;
      },
    };
  }

  #call(name: string, nodes: readonly FormulaNode[], picklistAllowed: boolean): Checked {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!known) {
      if (isPlatformFunction(name)) throw new NotSupported(`formula function ${name}`);
      return this.#wrong(`Unknown function ${name}. Check spelling.`);
    }
    if (known.only !== undefined && known.only !== this.#use) {
      return this.#wrong(`Function ${name} may not be used in this type of formula`);
    }
    const expected = expectedCount(known, nodes.length);
    if (expected !== nodes.length) {
      return this.#wrong(`Incorrect number of parameters for function '${name}()'. Expected ${expected}, received ${nodes.length}`);
    }
    const before = this.problems.length;
    const args = nodes.map((node, index) => this.node(node, known.takesPicklist?.(index) ?? false));
    if (this.problems.length === before) this.#expectTypes(name, known, args);
    if (this.problems.length > before) return WRONG;
    const type = known.returns(args);
    if (type === 'Picklist' && !picklistAllowed) {
      return this.#wrong(`Function ${name} answers a picklist. Picklist fields are only supported in certain functions.`);
    }
    return { type, run: (evaluation) => known.run(args, evaluation) };
  }

  #expectTypes(name: string, known: FormulaFunction, args: readonly Checked[]): void {
    const groups = known.alike?.(args.length) ?? [];
    for (const [index, arg] of args.entries()) {
      if (known.takesFields) this.#expectOwnField(name, arg);
      const group = groups.find((each) => each.includes(index));
      const first = group && group[0] !== index ? args[group[0] ?? 0]?.type : undefined;
      const alike: FormulaType | undefined = first === 'Picklist' ? 'Text' : first === 'Null' ? undefined : first;
      const expected = known.expects(index) ?? (alike === undefined ? null : [alike]);
      if (expected === null || arg.type === 'Null' || expected.includes(arg.type)) continue;
      this.#wrong(`Incorrect parameter type for function '${name}()'. Expected ${expected.join(', ')}, received ${arg.type}`);
    }
  }

  #expectOwnField(name: string, { path, type }: Checked): void {
    if (path === undefined) this.#wrong(`Incorrect parameter type for function '${name}()'. Expected Field, received ${type}`);
    else if (path.length > 1) throw new NotSupported(`formula function ${name} of ${path.join('.')}`);
  }

  #operator(operator: string, leftNode: FormulaNode, rightNode: FormulaNode): Checked {
    if (operator === '&&' || operator === '||') return this.#call(operator === '&&' ? 'AND' : 'OR', [leftNode, rightNode], false);
    const before = this.problems.length;
    const left = this.node(leftNode, false);
    const right = this.node(rightNode, false);
    if (this.problems.length > before) return WRONG;
    const made = operation(operator, left, right, this.#use);
    return typeof made === 'string' ? this.#wrong(made) : made;
  }
}

/** The number of arguments that would be right; the given one where it is. */
function expectedCount(known: FormulaFunction, given: number): number {
  if (given < known.least) return known.least;
  if (given > known.most) return known.most;
  return known.takesCount?.(given) === false ? given + 1 : given;
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
