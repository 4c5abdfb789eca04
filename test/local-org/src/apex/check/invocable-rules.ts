import type { Annotation, Position } from '../parse/ast.ts';
import { T, typeName } from '../types.ts';
import type { ApexType } from '../types.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol } from './symbols.ts';

const METHOD = 'invocablemethod';
const VARIABLE = 'invocablevariable';

const METHOD_MODIFIERS = ['callout', 'capabilitytype', 'category', 'configurationeditor', 'description', 'iconname', 'label'];
const VARIABLE_MODIFIERS = ['defaultvalue', 'description', 'label', 'placeholdertext', 'required'];

/** What flows can hand over, alone or in a list. */
const PRIMITIVES: ReadonlySet<ApexType> = new Set([
  T.Blob,
  T.Boolean,
  T.Date,
  T.Datetime,
  T.Decimal,
  T.Double,
  T.Id,
  T.Integer,
  T.Long,
  T.String,
  T.Time,
]);

/**
 * What the platform asks of the methods and variables that flows, agents and the REST resource for actions call. Wording of
 * the messages: own.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_InvocableMethod.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_InvocableVariable.htm
 */
export function checkInvocableRules(cls: ClassSymbol, program: Program): void {
  const report = (message: string, pos: Position): void => reportProblem(program, cls.unit, message, pos);
  const methods = [...cls.methods.values()].flat().filter((method) => method.hasAnnotation(METHOD));
  for (const method of methods) checkMethod(cls, method, program, report);
  const [, second] = methods;
  if (second) report('Only one method per type can be defined with: InvocableMethod', second.decl.pos);
  for (const field of cls.fields.values()) {
    const annotation = variableAnnotation(field);
    if (annotation) checkVariable(field, annotation, program, report);
  }
}

type Report = (message: string, pos: Position) => void;

/** The method of a class that actions call. */
export function invocableMethod(cls: ClassSymbol): MethodSymbol | undefined {
  return [...cls.methods.values()].flat().find((method) => method.hasAnnotation(METHOD));
}

/** The variables that an action takes or answers, and whether it needs them. */
export function invocableVariables(cls: ClassSymbol): { readonly field: FieldSymbol; readonly required: boolean }[] {
  return [...cls.fields.values()].flatMap((field) => {
    const annotation = variableAnnotation(field);
    return annotation ? [{ field, required: annotation.values.get('required')?.toLowerCase() === 'true' }] : [];
  });
}

function variableAnnotation(field: FieldSymbol): Annotation | undefined {
  return field.decl.modifiers.annotations.find(({ name }) => name === VARIABLE);
}

function checkMethod(cls: ClassSymbol, method: MethodSymbol, program: Program, report: Report): void {
  const { pos } = method.decl;
  const isOpen = (visibility: string): boolean => visibility === 'public' || visibility === 'global';
  if (!method.isStatic || !isOpen(method.visibility))
    report(`InvocableMethod methods must be public or global and static: ${method.name}`, pos);
  if (cls.outer) report('InvocableMethod methods must be in an outer class', pos);
  if (!isOpen(cls.visibility)) report('InvocableMethod methods must be in a public or global class', pos);
  for (const annotation of method.annotations) {
    if (annotation.name === METHOD) checkModifiers('InvocableMethod', annotation, METHOD_MODIFIERS, report);
    else if (annotation.name !== 'deprecated' && annotation.name !== 'suppresswarnings')
      report('Other annotations cannot be used with InvocableMethod', annotation.pos);
  }
  if (method.params.length > 1) report('InvocableMethod methods have one parameter at most', pos);
  for (const { type } of method.params.slice(0, 1)) {
    if (!isListOfPassed(type, program)) report(`InvocableMethod methods do not support parameter type of ${typeName(type)}`, pos);
  }
  if (method.returns.kind !== 'void' && !isListOfPassed(method.returns, program))
    report(`InvocableMethod methods do not support return type of ${typeName(method.returns)}`, pos);
}

function checkVariable(field: FieldSymbol, annotation: Annotation, program: Program, report: Report): void {
  const { pos } = field.decl;
  checkModifiers('InvocableVariable', annotation, VARIABLE_MODIFIERS, report);
  if (field.isStatic) report(`InvocableVariable fields cannot be static: ${field.name}`, pos);
  if (field.visibility !== 'public' && field.visibility !== 'global')
    report(`InvocableVariable fields must be public or global: ${field.name}`, pos);
  if (!isPassed(field.type, program)) report(`InvocableVariable fields do not support type of ${typeName(field.type)}`, pos);
}

function checkModifiers(label: string, annotation: Annotation, known: readonly string[], report: Report): void {
  for (const name of annotation.values.keys()) {
    if (!known.includes(name)) report(`Unrecognized ${label} modifier: ${name}`, annotation.pos);
  }
}

function isListOfPassed(type: ApexType, program: Program): boolean {
  const [element] = type.args;
  return type.name === 'List' && element !== undefined && isPassed(element, program);
}

/** A primitive, a record, a class with variables of its own, or a list of one of them. */
function isPassed(type: ApexType, program: Program): boolean {
  const [element] = type.args;
  if (type.name === 'List' && element) return element.name !== 'List' && isPassed(element, program);
  if (type.kind === 'sobject' || type === T.SObject || PRIMITIVES.has(type)) return true;
  const cls = type.kind === 'user' ? program.classNamed(type.name) : undefined;
  if (!cls || cls.kind === 'interface') return false;
  return cls.kind === 'enum' || [...cls.fields.values()].some((field) => variableAnnotation(field) !== undefined);
}
