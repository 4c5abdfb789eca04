import { NotSupported } from '../../errors.ts';
import { invocableMethod, invocableVariables } from '../check/invocable-rules.ts';
import type { ClassSymbol, MethodSymbol } from '../check/symbols.ts';
import type { JsonNode } from '../platform/json/parse-json.ts';
import { readTyped } from '../platform/json/read-json.ts';
import { writeJson } from '../platform/json/write-json.ts';
import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexObject } from '../values/apex-object.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** One input of an action: values by the names of its variables. */
export type ActionInput = ReadonlyMap<string, JsonNode>;
/** One output, as JSON; null where the method answers nothing. */
export type ActionOutput = Readonly<Record<string, unknown>> | null;

/** The action cannot be called so; nothing of it has run. */
export class InvalidAction extends Error {
  readonly reason: 'not found' | 'no access' | 'input';

  constructor(reason: InvalidAction['reason'], message: string) {
    super(message);
    this.name = 'InvalidAction';
    this.reason = reason;
  }
}

/**
 * Calls the invocable method of a class once, with all inputs, and answers one output for each, in their order.
 * @throws InvalidAction before anything ran; ApexThrow for an exception that left the method
 */
export function callInvocable(rt: Interpreter, className: string, inputs: readonly ActionInput[]): ActionOutput[] {
  const cls = rt.program.classNamed(className);
  const method = cls && invocableMethod(cls);
  if (!cls || !method) throw new InvalidAction('not found', `There is no Apex action ${className}`);
  if (!rt.access().mayRunClass(cls.name))
    throw new InvalidAction('no access', `You do not have access to the Apex class named: ${cls.name}`);
  const [param] = method.params;
  if (!param) throw new NotSupported(`calling the Apex action ${cls.name}, which has no parameter`);
  const type = classOf(param.type, method, rt);
  const list = new ApexList(
    type.type,
    inputs.map((input) => readInput(rt, type, input)),
  );
  const answer = rt.callMethod(method, null, [list]);
  if (method.returns.kind === 'void') return inputs.map(() => null);
  return readOutputs(rt, method, answer, inputs.length);
}

/** The class of a `List<Input>`. */
function classOf(list: ApexType, method: MethodSymbol, rt: Interpreter): ClassSymbol {
  const [element = T.Object] = list.args;
  const cls = element.kind === 'user' ? rt.program.classNamed(element.name) : undefined;
  if (cls?.kind !== 'class')
    throw new NotSupported(`calling ${method.owner.name}.${method.name} with inputs that are of no class of their own`);
  return cls;
}

function readInput(rt: Interpreter, type: ClassSymbol, input: ActionInput): ApexValue {
  const variables = invocableVariables(type);
  const made = rt.construct(type.type);
  if (!(made instanceof ApexObject)) throw new Error(`an instance of ${type.name} is none`);
  const given = new Map([...input].map(([name, node]) => [name.toLowerCase(), { name, node }]));
  for (const { field, required } of variables) {
    const value = given.get(field.name.toLowerCase());
    given.delete(field.name.toLowerCase());
    const isEmpty = value === undefined || value.node.kind === 'null';
    if (isEmpty && required) throw new InvalidAction('input', `Missing required input parameter: ${field.name}`);
    if (isEmpty) continue;
    if (field.getter || field.setter) throw new NotSupported(`the InvocableVariable ${type.name}.${field.name}, which has accessors`);
    made.fields[field.slot] = readTyped(rt, value.node, field.type, true);
  }
  const [unknown] = given.values();
  if (unknown) throw new InvalidAction('input', `The input parameter ${unknown.name} is not one of the action`);
  return made;
}

function readOutputs(rt: Interpreter, method: MethodSymbol, answer: ApexValue, wanted: number): ActionOutput[] {
  const type = classOf(method.returns, method, rt);
  const items = answer instanceof ApexList ? answer.items : [];
  if (items.length !== wanted) {
    return rt.throwApex(
      'InvalidParameterValueException',
      'The number of results does not match the number of interviews that were executed in a single bulk execution request.',
    );
  }
  return items.map((item) => {
    if (item === null) return null;
    if (!(item instanceof ApexObject)) throw new Error(`${method.name} answered what is no ${type.name}`);
    return Object.fromEntries(
      invocableVariables(type).map(({ field }) => {
        const json = writeJson(rt, item.fields[field.slot] ?? null, { suppressNulls: false, pretty: false });
        return [field.name, JSON.parse(json) as unknown];
      }),
    );
  });
}
