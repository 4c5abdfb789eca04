import { isCustomMetadata } from '../../../schema/custom-metadata.ts';
import type { Statement } from '../../parse/ast.ts';
import { NORMAL } from '../../run/frame.ts';
import type { Step } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { Context } from '../context.ts';
import { checkValue } from '../expressions/check-expression.ts';
import { fail, notSupported } from '../problems.ts';
import { isSObject } from '../type-relations.ts';

/** `update as user record;` @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_dml_section.htm */
export function checkDml(s: Extract<Statement, { kind: 'dml' }>, context: Context): Step {
  const typed = checkValue(s.record, context);
  const element = typed.type.name === 'List' ? (typed.type.args[0] ?? T.Object) : typed.type;
  if (!isSObject(element) || element === T.AggregateResult)
    fail(`DML requires SObject or SObject list type: ${typeName(typed.type)}`, s.pos);
  const target = context.program.schema.object(element.name);
  if (target.kind === 'known' && isCustomMetadata(target.def))
    fail(`DML operation ${s.verb.toUpperCase()} not allowed on ${typeName(typed.type)}`, s.pos);
  if (s.verb === 'upsert' && s.externalId !== null) {
    if (element === T.SObject) fail('Upsert with a field specification requires a concrete SObject type', s.pos);
    const object = context.program.schema.object(element.name);
    if (object.kind === 'known') {
      const field = context.program.schema.field(object.def, s.externalId.split('.').at(-1) ?? '');
      if (field.kind === 'unsupported') notSupported(`${element.name}.${s.externalId}`, s.pos);
      if (field.kind === 'unknown') fail(`Field does not exist: ${s.externalId}`, s.pos);
      if (!field.def.externalId && field.def.name !== 'Id')
        fail(`Invalid field for upsert, must be an External Id custom or standard indexed field: ${s.externalId}`, s.pos);
    }
  }
  const externalIdField = s.externalId?.split('.').at(-1);
  return (f) => {
    const records = typed.code(f) ?? f.rt.nullPointer();
    f.rt.dml(s.verb, records, { mode: s.access, allOrNone: true, ...(externalIdField === undefined ? {} : { externalIdField }) });
    return NORMAL;
  };
}
