import { readFileSync } from 'node:fs';
import {
  ApexParserBaseVisitor,
  type ApexParserRuleContext,
  type ClassBodyDeclarationContext,
  type ClassDeclarationContext,
  type MethodDeclarationContext,
  type ModifierContext,
  type TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import { parseApex } from './apex-source.ts';
import type { Finding } from './finding.ts';

const REST_ANNOTATION = /^Http(Get|Post|Put|Patch|Delete)$/i;
const INVOCABLE_METHOD = /^InvocableMethod$/i;
const INVOCABLE_VARIABLE = /^InvocableVariable$/i;
const FUTURE = /^future$/i;
const TEST_METHOD = /^(IsTest|TestSetup)$/i;
/** What may stand beside InvocableMethod. */
const BESIDE_INVOCABLE = /^(InvocableMethod|Deprecated|SuppressWarnings)$/i;

const PRIMITIVE = 'Blob|Boolean|Date|Datetime|Decimal|Double|Id|Integer|Long|String|Time';
/** The parameters of future methods: primitives, and collections of them. */
const FUTURE_PARAMETER = new RegExp(
  `^(${PRIMITIVE}|(${PRIMITIVE})\\[\\]|(List|Set)<(${PRIMITIVE})>|Map<(${PRIMITIVE}),(${PRIMITIVE})>)$`,
  'i',
);
/** What flows cannot hand over, as far as the name of the type tells. */
const NOT_PASSED = /\b(Object|Map|Set)\b/i;

/** A class on the way down to the method that is looked at. */
interface Enclosing {
  readonly name: string;
  readonly modifiers: readonly ModifierContext[];
  readonly isInner: boolean;
}

/**
 * Signatures that the platform refuses although they parse and their types exist: of methods that it calls itself.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_rest_methods.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_InvocableMethod.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_future.htm
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_annotation_isTest.htm
 */
export function checkEntryPoints(files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const visitor = new EntryPointVisitor(file);
    visitor.visit(parseApex(file, readFileSync(file, 'utf8')));
    return visitor.findings;
  });
}

class EntryPointVisitor extends ApexParserBaseVisitor<void> {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #classes: Enclosing[] = [];
  readonly #invocable = new Set<Enclosing>();

  constructor(file: string) {
    super();
    this.#file = file;
  }

  visitTypeDeclaration(ctx: TypeDeclarationContext): void {
    const declared = ctx.classDeclaration();
    if (declared) this.#enter(declared, ctx.modifier_list());
  }

  visitClassBodyDeclaration(ctx: ClassBodyDeclarationContext): void {
    const modifiers = ctx.modifier_list();
    const member = ctx.memberDeclaration();
    if (member?.classDeclaration()) this.#enter(member.classDeclaration(), modifiers);
    if (member?.methodDeclaration()) this.#checkMethod(member.methodDeclaration(), modifiers);
    const variable = member?.fieldDeclaration() ?? member?.propertyDeclaration();
    if (variable && modifiers.some(annotated(INVOCABLE_VARIABLE))) this.#checkVariable(variable, variable.typeRef().getText(), modifiers);
  }

  #enter(ctx: ClassDeclarationContext, modifiers: readonly ModifierContext[]): void {
    this.#classes.push({ name: ctx.id().getText(), modifiers, isInner: this.#classes.length > 0 });
    this.visitChildren(ctx);
    this.#classes.pop();
  }

  #checkMethod(ctx: MethodDeclarationContext, modifiers: readonly ModifierContext[]): void {
    if (modifiers.some(annotated(REST_ANNOTATION))) this.#checkRest(ctx, modifiers);
    if (modifiers.some(annotated(INVOCABLE_METHOD))) this.#checkInvocable(ctx, modifiers);
    if (modifiers.some(annotated(FUTURE))) this.#checkFuture(ctx, modifiers);
    if (modifiers.some(annotated(TEST_METHOD)) && !(isStatic(modifiers) && ctx.VOID() && parametersOf(ctx).length === 0))
      this.#report(ctx, 'A test method must be static and void and take no parameters');
  }

  /** The platform refuses Object and Map<String, Object> in these signatures; without any there is nothing to refuse. */
  #checkRest(ctx: MethodDeclarationContext, modifiers: readonly ModifierContext[]): void {
    const owner = this.#classes.at(-1);
    if (!owner?.modifiers.some(annotated(/^RestResource$/i)) || !isGlobal(owner.modifiers))
      this.#report(ctx, 'A REST method must be in a global class with the RestResource annotation');
    if (!isStatic(modifiers) || !isGlobal(modifiers)) this.#report(ctx, 'A REST method must be global and static');
    if (!ctx.VOID() || parametersOf(ctx).length > 0)
      this.#report(ctx, 'A REST method must be void and without parameters; use RestContext');
  }

  #checkInvocable(ctx: MethodDeclarationContext, modifiers: readonly ModifierContext[]): void {
    const owner = this.#classes.at(-1);
    if (!owner || owner.isInner || !isOpen(owner.modifiers))
      this.#report(ctx, 'An invocable method must be in an outer class that is public or global');
    else if (this.#invocable.has(owner)) this.#report(ctx, `${owner.name} has more than one invocable method`);
    else this.#invocable.add(owner);
    if (!isStatic(modifiers) || !isOpen(modifiers)) this.#report(ctx, 'An invocable method must be static, and public or global');
    if (modifiers.some((modifier) => modifier.annotation() && !annotated(BESIDE_INVOCABLE)(modifier)))
      this.#report(ctx, 'An invocable method takes no other annotation');
    const parameters = parametersOf(ctx);
    if (parameters.length > 1) this.#report(ctx, 'An invocable method takes one parameter at most');
    for (const type of parameters) {
      if (!isPassedList(type)) this.#report(ctx, `An invocable method takes a list of what flows can pass, not ${type}`);
    }
    const answer = ctx.VOID() ? null : ctx.typeRef().getText();
    if (answer !== null && !isPassedList(answer))
      this.#report(ctx, `An invocable method answers a list of what flows can pass, not ${answer}`);
  }

  #checkVariable(ctx: ApexParserRuleContext, type: string, modifiers: readonly ModifierContext[]): void {
    if (isStatic(modifiers) || modifiers.some((modifier) => modifier.FINAL()) || !isOpen(modifiers))
      this.#report(ctx, 'An invocable variable must be public or global, and neither static nor final');
    if (NOT_PASSED.test(type)) this.#report(ctx, `Flows cannot pass an invocable variable of the type ${type}`);
  }

  #checkFuture(ctx: MethodDeclarationContext, modifiers: readonly ModifierContext[]): void {
    if (!isStatic(modifiers) || !ctx.VOID()) this.#report(ctx, 'A future method must be static and void');
    for (const type of parametersOf(ctx)) {
      if (!FUTURE_PARAMETER.test(type)) this.#report(ctx, `A future method takes primitives and collections of them, not ${type}`);
    }
  }

  #report(ctx: ApexParserRuleContext, message: string): void {
    this.findings.push({ check: 'apex-rules', file: this.#file, line: ctx.start.line, message });
  }
}

const annotated =
  (name: RegExp) =>
  (modifier: ModifierContext): boolean =>
    name.test(modifier.annotation()?.id().getText() ?? '');

function isStatic(modifiers: readonly ModifierContext[]): boolean {
  return modifiers.some((modifier) => modifier.STATIC());
}

function isGlobal(modifiers: readonly ModifierContext[]): boolean {
  return modifiers.some((modifier) => modifier.GLOBAL());
}

function isOpen(modifiers: readonly ModifierContext[]): boolean {
  return isGlobal(modifiers) || modifiers.some((modifier) => modifier.PUBLIC());
}

function isPassedList(type: string): boolean {
  const element = /^List<(.+)>$/i.exec(type)?.[1] ?? /^(.+)\[\]$/.exec(type)?.[1];
  return element !== undefined && !NOT_PASSED.test(element);
}

/** The types of a method's parameters, without blanks. */
function parametersOf(ctx: MethodDeclarationContext): string[] {
  const parameters = ctx.formalParameters().formalParameterList()?.formalParameter_list() ?? [];
  return parameters.map((parameter) => parameter.typeRef().getText());
}
