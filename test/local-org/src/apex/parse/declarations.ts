import type {
  AnonymousBlockMemberContext,
  AnonymousUnitContext,
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  EnumDeclarationContext,
  FieldDeclarationContext,
  FormalParameterContext,
  FormalParametersContext,
  InterfaceDeclarationContext,
  MemberDeclarationContext,
  PropertyBlockContext,
  TriggerBlockMemberContext,
  TriggerUnitContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import type {
  Accessor,
  Block,
  ClassDecl,
  EnumDecl,
  InterfaceDecl,
  Member,
  Modifiers,
  Parameter,
  Position,
  Statement,
  TriggerDecl,
  TypeDecl,
} from './ast.ts';
import { SyntaxProblem } from './expressions.ts';
import { localModifiers, modifiers } from './modifiers.ts';
import { block, declarators, statement } from './statements.ts';
import { positionOf, typeRef, typeRefs } from './type-refs.ts';

export function typeDeclaration(c: TypeDeclarationContext): TypeDecl {
  const own = modifiers(c.modifier_list());
  const pos = positionOf(c);
  const asClass = c.classDeclaration();
  if (asClass) return classDeclaration(asClass, own, pos);
  const asInterface = c.interfaceDeclaration();
  if (asInterface) return interfaceDeclaration(asInterface, own, pos);
  return enumDeclaration(c.enumDeclaration(), own, pos);
}

function classDeclaration(c: ClassDeclarationContext, own: Modifiers, pos: Position): ClassDecl {
  const superclass = c.typeRef();
  return {
    kind: 'class',
    pos,
    name: c.id().getText(),
    modifiers: own,
    superclass: superclass ? typeRef(superclass) : null,
    interfaces: typeRefs(c.typeList()),
    members: c.classBody().classBodyDeclaration_list().flatMap(member),
  };
}

function interfaceDeclaration(c: InterfaceDeclarationContext, own: Modifiers, pos: Position): InterfaceDecl {
  return {
    kind: 'interface',
    pos,
    name: c.id().getText(),
    modifiers: own,
    interfaces: typeRefs(c.typeList()),
    methods: c
      .interfaceBody()
      .interfaceMethodDeclaration_list()
      .map((m) => ({
        kind: 'method',
        pos: positionOf(m),
        name: m.id().getText(),
        modifiers: modifiers(m.modifier_list()),
        returns: m.typeRef() ? typeRef(m.typeRef()) : null,
        params: parameters(m.formalParameters()),
        body: null,
      })),
  };
}

function enumDeclaration(c: EnumDeclarationContext, own: Modifiers, pos: Position): EnumDecl {
  const constants = c.enumConstants()?.id_list() ?? [];
  return {
    kind: 'enum',
    pos,
    name: c.id().getText(),
    modifiers: own,
    constants: constants.map((id) => ({ name: id.getText(), pos: positionOf(id) })),
  };
}

function parameters(c: FormalParametersContext): Parameter[] {
  const list = c.formalParameterList();
  return list ? list.formalParameter_list().map(parameter) : [];
}

function parameter(c: FormalParameterContext): Parameter {
  const { isFinal } = localModifiers(c.modifier_list(), 'parameters');
  return { pos: positionOf(c), name: c.id().getText(), type: typeRef(c.typeRef()), isFinal };
}

function member(c: ClassBodyDeclarationContext): Member[] {
  const body = c.block();
  if (body) return [{ kind: 'initializer', pos: positionOf(c), isStatic: Boolean(c.STATIC()), body: block(body) }];
  const declaration = c.memberDeclaration();
  return declaration ? memberDeclaration(declaration, modifiers(c.modifier_list()), positionOf(c)) : [];
}

function memberDeclaration(c: MemberDeclarationContext, own: Modifiers, pos: Position): Member[] {
  const method = c.methodDeclaration();
  if (method) {
    return [
      {
        kind: 'method',
        pos: positionOf(method.id()),
        name: method.id().getText(),
        modifiers: own,
        returns: method.typeRef() ? typeRef(method.typeRef()) : null,
        params: parameters(method.formalParameters()),
        body: method.block() ? block(method.block()) : null,
      },
    ];
  }
  const field = c.fieldDeclaration();
  if (field) {
    const type = typeRef(field.typeRef());
    return declarators(field.variableDeclarators()).map((declarator) => ({ kind: 'field', ...declarator, modifiers: own, type }));
  }
  const property = c.propertyDeclaration();
  if (property) {
    const accessors = property.propertyBlock_list();
    return [
      {
        kind: 'property',
        pos: positionOf(property.id()),
        name: property.id().getText(),
        modifiers: own,
        type: typeRef(property.typeRef()),
        getter: accessor(accessors, 'getter'),
        setter: accessor(accessors, 'setter'),
      },
    ];
  }
  const constructor = c.constructorDeclaration();
  if (constructor) {
    return [
      {
        kind: 'constructor',
        pos: positionOf(constructor),
        name: constructor.qualifiedName().getText(),
        modifiers: own,
        params: parameters(constructor.formalParameters()),
        body: block(constructor.block()),
      },
    ];
  }
  const inner = c.classDeclaration();
  if (inner) return [classDeclaration(inner, own, pos)];
  const innerInterface = c.interfaceDeclaration();
  if (innerInterface) return [interfaceDeclaration(innerInterface, own, pos)];
  return [enumDeclaration(c.enumDeclaration(), own, pos)];
}

function accessor(blocks: readonly PropertyBlockContext[], which: 'getter' | 'setter'): Accessor | null {
  const [, second] = blocks.filter((context) => context[which]());
  if (second) throw new SyntaxProblem(`Duplicate accessor: ${second.getText()}`, positionOf(second));
  for (const context of blocks) {
    const found = context[which]();
    if (found)
      return { pos: positionOf(context), modifiers: modifiers(context.modifier_list()), body: found.block() ? block(found.block()) : null };
  }
  return null;
}

export function triggerDeclaration(c: TriggerUnitContext): TriggerDecl {
  const [name, object] = c.id_list().map((id) => id.getText());
  const body: Block = {
    kind: 'block',
    pos: positionOf(c.triggerBlock()),
    statements: c.triggerBlock().triggerBlockMember_list().map(triggerStatement),
  };
  return {
    kind: 'trigger',
    pos: positionOf(c),
    name: name ?? '',
    object: object ?? '',
    events: c.triggerCase_list().map((event) => ({
      timing: event.BEFORE() ? 'before' : 'after',
      operation: event.INSERT() ? 'insert' : event.UPDATE() ? 'update' : event.DELETE() ? 'delete' : 'undelete',
    })),
    body,
  };
}

function triggerStatement(c: TriggerBlockMemberContext): Statement {
  const plainStatement = c.statement();
  if (plainStatement) return statement(plainStatement);
  // At the top of a trigger the grammar reads `Integer i = 1;` as a field.
  const field = c.triggerMemberDeclaration()?.fieldDeclaration();
  return field ? fieldAsVariables(c, field) : { kind: 'unsupported', pos: positionOf(c), construct: 'a declaration inside a trigger' };
}

/** The statements of anonymous Apex. */
export function anonymousBlock(c: AnonymousUnitContext): Block {
  const members = c.anonymousBlock().anonymousBlockMember_list();
  return { kind: 'block', pos: { line: 1, column: 1 }, statements: members.map(anonymousStatement) };
}

function anonymousStatement(c: AnonymousBlockMemberContext): Statement {
  const plainStatement = c.statement();
  if (plainStatement) return statement(plainStatement);
  const declaration = c.anonymousMemberDeclaration();
  const field = declaration.fieldDeclaration();
  if (field) return fieldAsVariables(c, field);
  const kind = declaration.methodDeclaration() ? 'methods' : declaration.propertyDeclaration() ? 'properties' : 'types';
  return { kind: 'unsupported', pos: positionOf(c), construct: `${kind} in anonymous Apex` };
}

function fieldAsVariables(c: TriggerBlockMemberContext | AnonymousBlockMemberContext, field: FieldDeclarationContext): Statement {
  return {
    kind: 'variables',
    pos: positionOf(c),
    type: typeRef(field.typeRef()),
    ...localModifiers(c.modifier_list(), 'locals'),
    declarators: declarators(field.variableDeclarators()),
  };
}
