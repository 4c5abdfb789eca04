import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  ApexParserBaseVisitor,
  type ApexParserRuleContext,
  type CatchClauseContext,
  type ClassBodyDeclarationContext,
  type ClassDeclarationContext,
  type DeleteStatementContext,
  type DotExpressionContext,
  type EnhancedForControlContext,
  type EnumDeclarationContext,
  type FormalParameterContext,
  type IdContext,
  type InsertStatementContext,
  type InterfaceDeclarationContext,
  type LocalVariableDeclarationContext,
  type MergeStatementContext,
  type MethodDeclarationContext,
  type ModifierContext,
  type PropertyDeclarationContext,
  type SoqlLiteralContext,
  type SwitchStatementContext,
  type TriggerUnitContext,
  type TypeDeclarationContext,
  type TypeRefContext,
  type UndeleteStatementContext,
  type UpdateStatementContext,
  type UpsertStatementContext,
  type VariableDeclaratorContext,
} from '@apexdevtools/apex-parser';
import { parseApex } from './apex-source.ts';
import type { Finding } from './finding.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

type DmlStatement =
  | InsertStatementContext
  | UpdateStatementContext
  | UpsertStatementContext
  | DeleteStatementContext
  | UndeleteStatementContext
  | MergeStatementContext;

/** Methods of Database that read or write records and therefore take an AccessLevel. */
const DATABASE_METHODS =
  /^(query|querywithbinds|countquery|countquerywithbinds|getquerylocator|getquerylocatorwithbinds|insert|update|upsert|delete|undelete|merge)$/;
/**
 * A letter first, then letters, digits and single underscores, none at the end.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_naming_conventions.htm
 */
const NAME = /^[a-z](_?[a-z0-9])*$/i;

/** The rules of this repository that no analyzer knows: sharing and access mode stated everywhere, names that the platform takes. */
export function checkApexRules(files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const visitor = new RuleVisitor(file);
    visitor.visit(parseApex(file, readFileSync(file, 'utf8')));
    return visitor.findings;
  });
}

class RuleVisitor extends ApexParserBaseVisitor<void> {
  readonly findings: Finding[] = [];
  private readonly file: string;
  private inTest = false;
  /** Parameters and variables of the method, in lower case, whose type is Object. */
  private objects = new Set<string>();

  constructor(file: string) {
    super();
    this.file = file;
  }

  visitTypeDeclaration(ctx: TypeDeclarationContext): void {
    const modifiers = ctx.modifier_list();
    this.inTest = modifiers.some((modifier) => /^@istest/i.test(modifier.getText()));
    const declared = ctx.classDeclaration();
    if (declared) this.checkClass(declared, modifiers);
    const name = declared?.id().getText();
    if (name && `${name}.cls` !== basename(this.file)) this.report(ctx, `The file must be called ${name}.cls`);
    this.visitChildren(ctx);
  }

  visitClassBodyDeclaration(ctx: ClassBodyDeclarationContext): void {
    const member = ctx.memberDeclaration();
    if (member?.classDeclaration()) this.checkClass(member.classDeclaration(), ctx.modifier_list());
    this.visitChildren(ctx);
  }

  visitModifier(ctx: ModifierContext): void {
    if (/seealldata=true/i.test(ctx.getText())) this.report(ctx, 'Tests must not see the data of the org (SeeAllData)');
  }

  visitSoqlLiteral(ctx: SoqlLiteralContext): void {
    const mode = ctx.query().withClause();
    if (!mode?.USER_MODE() && !mode?.SYSTEM_MODE()) this.report(ctx, 'The query must state WITH USER_MODE or WITH SYSTEM_MODE');
    this.visitChildren(ctx);
  }

  visitInsertStatement(ctx: InsertStatementContext): void {
    this.checkDml(ctx);
  }

  visitUpdateStatement(ctx: UpdateStatementContext): void {
    this.checkDml(ctx);
  }

  visitUpsertStatement(ctx: UpsertStatementContext): void {
    this.checkDml(ctx);
  }

  visitDeleteStatement(ctx: DeleteStatementContext): void {
    this.checkDml(ctx);
  }

  visitUndeleteStatement(ctx: UndeleteStatementContext): void {
    this.checkDml(ctx);
  }

  visitMergeStatement(ctx: MergeStatementContext): void {
    this.checkDml(ctx);
  }

  visitDotExpression(ctx: DotExpressionContext): void {
    const call = ctx.dotMethodCall();
    const receiver = ctx.expression().getText().toLowerCase();
    const method = call?.anyId().getText() ?? '';
    if (/^(system\.)?database$/.test(receiver) && DATABASE_METHODS.test(method.toLowerCase())) {
      const argument = call.expressionList()?.expression_list().at(-1)?.getText() ?? '';
      if (!/accesslevel\./i.test(argument)) this.report(ctx, `Database.${method} must state an AccessLevel as its last argument`);
    }
    if (!this.inTest && /^(system\.)?test$/.test(receiver) && method.toLowerCase() === 'isrunningtest') {
      this.report(ctx, 'What is shipped must not ask whether a test is running');
    }
    this.visitChildren(ctx);
  }

  visitClassDeclaration(ctx: ClassDeclarationContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitInterfaceDeclaration(ctx: InterfaceDeclarationContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitEnumDeclaration(ctx: EnumDeclarationContext): void {
    this.checkName(ctx.id());
    for (const constant of ctx.enumConstants()?.id_list() ?? []) this.checkName(constant);
  }

  visitTriggerUnit(ctx: TriggerUnitContext): void {
    const [name] = ctx.id_list();
    if (name) this.checkName(name);
    this.visitChildren(ctx);
  }

  visitSwitchStatement(ctx: SwitchStatementContext): void {
    const on = ctx.expression().getText();
    if (this.objects.has(on.toLowerCase()) || /^\(Object\)/i.test(on)) this.report(ctx, `switch does not take an Object: ${on}`);
    this.visitChildren(ctx);
  }

  visitLocalVariableDeclaration(ctx: LocalVariableDeclarationContext): void {
    for (const variable of ctx.variableDeclarators().variableDeclarator_list()) this.note(variable.id(), ctx.typeRef());
    this.visitChildren(ctx);
  }

  visitMethodDeclaration(ctx: MethodDeclarationContext): void {
    this.objects = new Set();
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitPropertyDeclaration(ctx: PropertyDeclarationContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitVariableDeclarator(ctx: VariableDeclaratorContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitFormalParameter(ctx: FormalParameterContext): void {
    this.note(ctx.id(), ctx.typeRef());
    this.checkName(ctx.id());
  }

  visitEnhancedForControl(ctx: EnhancedForControlContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  visitCatchClause(ctx: CatchClauseContext): void {
    this.checkName(ctx.id());
    this.visitChildren(ctx);
  }

  private checkClass(ctx: ClassDeclarationContext, modifiers: readonly ModifierContext[]): void {
    const stated = modifiers.some((modifier) => modifier.SHARING());
    if (!stated)
      this.report(ctx, `Class ${ctx.id().getText()} must state its sharing; an inner class does not take over that of its outer one`);
  }

  private checkDml(ctx: DmlStatement): void {
    if (!ctx.accessLevel()) this.report(ctx, `The ${ctx.start.text} must state "as user" or "as system"`);
    this.visitChildren(ctx);
  }

  private note(id: IdContext, type: TypeRefContext): void {
    if (/^object$/i.test(type.getText())) this.objects.add(id.getText().toLowerCase());
  }

  private checkName(ctx: IdContext): void {
    const name = ctx.getText();
    if (RESERVED_WORDS.has(name.toLowerCase())) this.report(ctx, `"${name}" is a reserved word`);
    if (!NAME.test(name)) this.report(ctx, `"${name}" is no name: a letter first, single underscores, none at the end`);
  }

  private report(ctx: ApexParserRuleContext, message: string): void {
    this.findings.push({ check: 'apex-rules', file: this.file, line: ctx.start.line, message });
  }
}
