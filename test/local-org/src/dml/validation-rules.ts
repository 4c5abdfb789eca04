import { NotSupported } from '../errors.ts';
import { compileFormula, type CompiledFormula } from '../formula/compile-formula.ts';
import { formulaField } from '../formula/formula-field.ts';
import { FormulaError, type FieldPath, type ReadField } from '../formula/formula-types.ts';
import type { FieldDef, Lookup, ObjectDef, Schema, ValidationRule, Value } from '../schema/types.ts';
import type { Row } from '../store/types.ts';
import type { Transaction } from '../transaction/types.ts';
import { brokenRule } from './dml-errors.ts';
import type { WorkingRecord } from './types.ts';

interface CompiledRule {
  readonly rule: ValidationRule;
  readonly condition: CompiledFormula;
}

/** By the object's definition: a deploy makes new ones. */
const compiled = new WeakMap<ObjectDef, readonly CompiledRule[]>();

/**
 * Evaluates the active validation rules of the record's object, all of them, on the values that would be saved. They see
 * every field, whoever writes. Rules have been checked when they were deployed.
 * @see https://help.salesforce.com/s/articleView?id=platform.fields_about_field_validation.htm
 * @throws NotSupported where a rule has no value for the record (a division by zero): the platform's answer is not known
 */
export function checkValidationRules(record: WorkingRecord, tx: Transaction): void {
  const object = known(tx.schema.object(record.object.name), record.object.name);
  const rules = rulesOf(object, tx.schema);
  if (rules.length === 0) return;
  const now: Row = new Map([...(record.old ?? []), ...record.values]);
  const read = reader(object, now, tx);
  const readPrior = record.old && reader(object, record.old, tx);
  for (const { rule, condition } of rules) {
    try {
      if (condition.evaluate({ context: tx, read, readPrior }) === true) record.errors.push(brokenRule(object, rule));
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      throw new NotSupported(`a validation rule without a value: ${object.name}.${rule.name}, ${error.message}`);
    }
  }
}

function rulesOf(object: ObjectDef, schema: Schema): readonly CompiledRule[] {
  const made = compiled.get(object);
  if (made) return made;
  const rules = (object.validationRules ?? [])
    .filter(({ active }) => active)
    .map((rule) => {
      const condition = compileFormula(rule.condition, object, schema, 'Boolean', 'validation');
      if (condition.kind === 'formula') return { rule, condition };
      throw new Error(`The validation rule ${object.name}.${rule.name} was deployed unchecked: ${condition.problems.join(' ')}`);
    });
  compiled.set(object, rules);
  return rules;
}

/** Reads fields of a record that may not be stored yet, and of its stored parents; formula fields are computed. */
function reader(object: ObjectDef, row: Row, tx: Transaction): ReadField {
  return (path) => readPath(object, row, path, tx);
}

function readPath(object: ObjectDef, row: Row, path: FieldPath, tx: Transaction): Value {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return readField(object, row, known(tx.schema.field(object, name), name), tx);
  const reference = known(tx.schema.parentRelationship(object, name), name);
  const id = row.get(reference.name);
  if (typeof id !== 'string') return null;
  const target = known(tx.schema.object(reference.referenceTo[0] ?? ''), name);
  const parent = tx.store.get(target, id);
  return parent ? readPath(target, parent, rest, tx) : null;
}

function readField(object: ObjectDef, row: Row, field: FieldDef, tx: Transaction): Value {
  if (field.formula === null) return row.get(field.name) ?? null;
  return formulaField(object, field, tx.schema).evaluate(tx, reader(object, row, tx));
}

/** What the formula's check has found to be there. */
function known<T>(found: Lookup<T>, name: string): T {
  if (found.kind !== 'known') throw new Error(`${name} was in the schema when the rule was checked`);
  return found.def;
}
