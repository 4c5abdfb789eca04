import { readFileSync } from 'node:fs';
import {
  ApexParserBaseVisitor,
  FromNameListContext,
  ValueContext,
  type FieldNameContext,
  type QueryContext,
  type SelectEntryContext,
  type SubQueryContext,
  type TypeOfContext,
} from '@apexdevtools/apex-parser';
import { parseApex } from './apex-source.ts';
import type { Finding } from './finding.ts';
import type { QueryObject } from './standard-objects.ts';

/** Checks every object, field and relationship name in the queries of Apex sources; apex-ls leaves the fields unchecked. */
export function checkQueries(files: readonly string[], objects: ReadonlyMap<string, QueryObject>): Finding[] {
  return files.flatMap((file) => {
    const visitor = new QueryVisitor(file, objects);
    visitor.visit(parseApex(file, readFileSync(file, 'utf8')));
    return visitor.findings;
  });
}

/** One SELECT: its object (undefined where it is unknown, which was reported) and the names it gives itself. */
interface Scope {
  readonly object: QueryObject | undefined;
  readonly aliases: Set<string>;
}

class QueryVisitor extends ApexParserBaseVisitor<void> {
  readonly findings: Finding[] = [];
  private readonly scopes: Scope[] = [];
  private readonly file: string;
  private readonly objects: ReadonlyMap<string, QueryObject>;

  constructor(file: string, objects: ReadonlyMap<string, QueryObject>) {
    super();
    this.file = file;
    this.objects = objects;
  }

  visitQuery(ctx: QueryContext): void {
    this.select(ctx, this.objectNamed(ctx.fromNameList()));
  }

  visitSubQuery(ctx: SubQueryContext): void {
    const inCondition = ctx.parentCtx instanceof ValueContext;
    this.select(ctx, inCondition ? this.objectNamed(ctx.fromNameList()) : this.childrenNamed(ctx.fromNameList()));
  }

  visitSelectEntry(ctx: SelectEntryContext): void {
    const alias = ctx.soqlId();
    if (alias) this.scopes.at(-1)?.aliases.add(alias.getText().toLowerCase());
    this.visitChildren(ctx);
  }

  /** The fields inside depend on the type that is met at run time; only the relationship itself is checked. */
  visitTypeOf(ctx: TypeOfContext): void {
    const relationship = ctx.fieldName().getText();
    const object = this.scopes.at(-1)?.object;
    if (object && !object.parents.has(relationship.toLowerCase()))
      this.report(ctx.fieldName(), `${object.name} has no relationship ${relationship}`);
  }

  visitFieldName(ctx: FieldNameContext): void {
    const scope = this.scopes.at(-1);
    if (!scope?.object || ctx.parentCtx instanceof FromNameListContext) return;
    const path = ctx.soqlId_list().map((id) => id.getText());
    const [first = ''] = path;
    if (path.length === 1 && scope.aliases.has(first.toLowerCase())) return;
    const isOwnName =
      path.length > 1 && (scope.aliases.has(first.toLowerCase()) || first.toLowerCase() === scope.object.name.toLowerCase());
    this.checkPath(ctx, scope.object, isOwnName ? path.slice(1) : path);
  }

  private select(ctx: QueryContext | SubQueryContext, object: QueryObject | undefined): void {
    const aliases = new Set(
      ctx
        .fromNameList()
        .soqlId_list()
        .map((id) => id.getText().toLowerCase()),
    );
    this.scopes.push({ object, aliases });
    this.visitChildren(ctx);
    this.scopes.pop();
  }

  private objectNamed(from: FromNameListContext): QueryObject | undefined {
    const name = from.fieldName(0).getText();
    const object = this.objects.get(name.toLowerCase());
    if (!object) this.report(from, `There is no object ${name}`);
    return object;
  }

  private childrenNamed(from: FromNameListContext): QueryObject | undefined {
    const parent = this.scopes.at(-1)?.object;
    const name = from.fieldName(0).getText();
    const child = parent?.children.get(name.toLowerCase());
    if (parent && !child) this.report(from, `${parent.name} has no child relationship ${name}`);
    return child === undefined ? undefined : this.objects.get(child);
  }

  private checkPath(ctx: FieldNameContext, start: QueryObject, path: readonly string[]): void {
    let object: QueryObject | undefined = start;
    for (const relationship of path.slice(0, -1)) {
      const parent: string | undefined = object.parents.get(relationship.toLowerCase());
      if (parent === undefined) {
        this.report(ctx, `${object.name} has no relationship ${relationship}`);
        return;
      }
      object = this.objects.get(parent);
      if (!object) return; // any object may be meant
    }
    const field = path.at(-1) ?? '';
    if (!object.fields.has(field.toLowerCase())) this.report(ctx, `${object.name} has no field ${field}`);
  }

  private report(ctx: FieldNameContext | FromNameListContext, message: string): void {
    this.findings.push({ check: 'soql', file: this.file, line: ctx.start.line, message });
  }
}
