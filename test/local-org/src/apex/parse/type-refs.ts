import type { CreatedNameContext, QualifiedNameContext, TypeListContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { Position, TypeRef } from './ast.ts';

/** The part of an ANTLR context that positions come from. */
export interface Positioned {
  readonly start: { readonly line: number; readonly column: number };
}

export function positionOf(context: Positioned): Position {
  return { line: context.start.line, column: context.start.column + 1 };
}

export function typeRef(context: TypeRefContext): TypeRef {
  const parts = context.typeName_list().map((name) => {
    const list = name.LIST() ?? name.SET() ?? name.MAP();
    const args = name.typeArguments();
    return { name: list ? list.getText() : name.id().getText(), args: args ? typeRefs(args.typeList()) : [] };
  });
  const brackets = context.arraySubscripts()?.LBRACK_list().length ?? 0;
  return { pos: positionOf(context), parts, arrayDepth: brackets };
}

export function typeRefs(context: TypeListContext | null): TypeRef[] {
  return context ? context.typeRef_list().map(typeRef) : [];
}

export function createdType(context: CreatedNameContext): TypeRef {
  return {
    pos: positionOf(context),
    parts: context.idCreatedNamePair_list().map((pair) => ({ name: pair.anyId().getText(), args: typeRefs(pair.typeList()) })),
    arrayDepth: 0,
  };
}

export function qualifiedType(context: QualifiedNameContext): TypeRef {
  return { pos: positionOf(context), parts: context.id_list().map((id) => ({ name: id.getText(), args: [] })), arrayDepth: 0 };
}
