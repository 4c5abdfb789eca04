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
  type MergeStatementContext,
  type MethodDeclarationContext,
  type ModifierContext,
  type PropertyDeclarationContext,
  type SoqlLiteralContext,
  type TypeDeclarationContext,
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
const REST_ANNOTATION = /^@Http(Get|Post|Put|Patch|Delete)$/i;

/** The rules of this repository that no analyzer knows: sharing and access mode stated everywhere, names and signatures that the platform takes. */
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
    if (member?.methodDeclaration()) this.checkMethod(member.methodDeclaration(), ctx.modifier_list());
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
  }

  visitMethodDeclaration(ctx: MethodDeclarationContext): void {
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

  /** The platform refuses Object and Map<String, Object> in these signatures; without any there is nothing to refuse. */
  private checkMethod(ctx: MethodDeclarationContext, modifiers: readonly ModifierContext[]): void {
    if (!modifiers.some((modifier) => REST_ANNOTATION.test(modifier.getText()))) return;
    const parameters = ctx.formalParameters().formalParameterList()?.formalParameter_list() ?? [];
    if (!ctx.VOID() || parameters.length > 0) this.report(ctx, 'A REST method must be void and without parameters; use RestContext');
  }

  private checkDml(ctx: DmlStatement): void {
    if (!ctx.accessLevel()) this.report(ctx, `The ${ctx.start.text} must state "as user" or "as system"`);
    this.visitChildren(ctx);
  }

  private checkName(ctx: IdContext): void {
    if (RESERVED_WORDS.has(ctx.getText().toLowerCase())) this.report(ctx, `"${ctx.getText()}" is a reserved word`);
  }

  private report(ctx: ApexParserRuleContext, message: string): void {
    this.findings.push({ check: 'apex-rules', file: this.file, line: ctx.start.line, message });
  }
}
