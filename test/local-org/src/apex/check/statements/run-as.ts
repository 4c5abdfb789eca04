import type { Statement } from '../../parse/ast.ts';
import type { Step } from '../../run/frame.ts';
import { typeName } from '../../types.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import { checkValue } from '../expressions/check-expression.ts';
import type { Context } from '../context.ts';
import { fail, notSupported } from '../problems.ts';
import { checkBlock } from './check-statement.ts';

/** `System.runAs(user) { … }`; counts as a DML statement. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_testing_tools_runas.htm */
export function checkRunAs(s: Extract<Statement, { kind: 'runAs' }>, context: Context): Step {
  if (!context.unit.isTest) fail('System.runAs is only allowed in test methods', s.pos);
  const [first, more] = s.args;
  if (!first || more) fail('System.runAs takes one argument', s.pos);
  const user = checkValue(first, context);
  if (user.type.name !== 'User') {
    if (user.type.name === 'Version') notSupported('System.runAs(Version)', s.pos);
    fail(`Method does not exist or incorrect signature: void runAs(${typeName(user.type)}) from the type System`, s.pos);
  }
  const body = checkBlock(s.body, context);
  return (f) => {
    const record = user.code(f);
    if (!(record instanceof SObjectValue)) return f.rt.nullPointer();
    const { tx } = f.rt;
    tx.limits.count('dmlStatements');
    const before = tx.user;
    tx.user = f.rt.userForRunAs(record);
    try {
      return f.rt.mixedDml.apart(() => body(f));
    } finally {
      tx.user = before;
    }
  };
}
