import type { SoqlQuery } from '../../soql/types.ts';

/** Our own small tree. ANTLR's contexts do not leave this folder. Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface TypeRef {
  readonly pos: Position;
  /** `Map<String, Object>` is one part with two arguments; `Schema.SObjectType` is two parts. */
  readonly parts: readonly { readonly name: string; readonly args: readonly TypeRef[] }[];
  /** `Account[]` is 1. */
  readonly arrayDepth: number;
}

export type Expression = { readonly pos: Position } & (
  | {
      readonly kind: 'literal';
      readonly type: 'Integer' | 'Long' | 'Double' | 'Decimal' | 'String' | 'Boolean' | 'null';
      readonly text: string;
    }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'this' }
  | { readonly kind: 'super' }
  | { readonly kind: 'classLiteral'; readonly type: TypeRef }
  | { readonly kind: 'field'; readonly target: Expression; readonly name: string; readonly safe: boolean }
  | {
      readonly kind: 'call';
      readonly target: Expression | null;
      readonly name: string;
      readonly args: readonly Expression[];
      readonly safe: boolean;
    }
  | { readonly kind: 'constructorCall'; readonly which: 'this' | 'super'; readonly args: readonly Expression[] }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }
  | { readonly kind: 'new'; readonly type: TypeRef; readonly args: readonly Expression[] }
  | { readonly kind: 'newSized'; readonly type: TypeRef; readonly size: Expression }
  | { readonly kind: 'newElements'; readonly type: TypeRef; readonly elements: readonly Expression[] }
  | {
      readonly kind: 'newPairs';
      readonly type: TypeRef;
      readonly pairs: readonly { readonly key: Expression; readonly value: Expression }[];
    }
  | { readonly kind: 'cast'; readonly type: TypeRef; readonly operand: Expression }
  | { readonly kind: 'instanceOf'; readonly operand: Expression; readonly type: TypeRef }
  | { readonly kind: 'unary'; readonly operator: '+' | '-' | '!' | '~'; readonly operand: Expression }
  | { readonly kind: 'step'; readonly operator: '++' | '--'; readonly prefix: boolean; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'ternary'; readonly condition: Expression; readonly whenTrue: Expression; readonly whenFalse: Expression }
  | { readonly kind: 'assign'; readonly operator: AssignOperator; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'soql'; readonly query: SoqlQuery; readonly binds: readonly Expression[] }
  | { readonly kind: 'unsupported'; readonly construct: string }
);

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '<<'
  | '>>'
  | '>>>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '==='
  | '!=='
  | '&'
  | '|'
  | '^'
  | '&&'
  | '||'
  | '??';
export type AssignOperator = '=' | '+=' | '-=' | '*=' | '/=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '>>>=';

export interface VariableDeclarator {
  readonly pos: Position;
  readonly name: string;
  readonly initializer: Expression | null;
}

export interface LocalVariables {
  readonly kind: 'variables';
  readonly pos: Position;
  readonly type: TypeRef;
  readonly isFinal: boolean;
  readonly declarators: readonly VariableDeclarator[];
}

export interface Block {
  readonly kind: 'block';
  readonly pos: Position;
  readonly statements: readonly Statement[];
}

export type DmlVerb = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

export type WhenClause = { readonly pos: Position; readonly body: Block } & (
  | { readonly kind: 'values'; readonly values: readonly Expression[] }
  | { readonly kind: 'type'; readonly type: TypeRef; readonly variable: string }
  | { readonly kind: 'else' }
);

export interface CatchClause {
  readonly pos: Position;
  readonly type: TypeRef;
  readonly variable: string;
  readonly body: Block;
}

export type Statement =
  | Block
  | LocalVariables
  | ({ readonly pos: Position } & (
      | { readonly kind: 'expression'; readonly expression: Expression }
      | { readonly kind: 'if'; readonly condition: Expression; readonly whenTrue: Statement; readonly whenFalse: Statement | null }
      | {
          readonly kind: 'for';
          readonly init: LocalVariables | readonly Expression[] | null;
          readonly condition: Expression | null;
          readonly update: readonly Expression[];
          readonly body: Statement | null;
        }
      | {
          readonly kind: 'forEach';
          readonly type: TypeRef;
          readonly variable: string;
          readonly iterable: Expression;
          readonly body: Statement | null;
        }
      | { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement | null }
      | { readonly kind: 'doWhile'; readonly condition: Expression; readonly body: Statement }
      | { readonly kind: 'switch'; readonly subject: Expression; readonly clauses: readonly WhenClause[] }
      | { readonly kind: 'try'; readonly body: Block; readonly catches: readonly CatchClause[]; readonly finallyBody: Block | null }
      | { readonly kind: 'return'; readonly value: Expression | null }
      | { readonly kind: 'throw'; readonly value: Expression }
      | { readonly kind: 'break' }
      | { readonly kind: 'continue' }
      | {
          readonly kind: 'dml';
          readonly verb: DmlVerb;
          readonly access: 'user' | 'system' | null;
          readonly record: Expression;
          readonly externalId: string | null;
        }
      | { readonly kind: 'runAs'; readonly args: readonly Expression[]; readonly body: Block }
      | { readonly kind: 'unsupported'; readonly construct: string }
    ));

export interface Annotation {
  readonly pos: Position;
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

export interface Modifiers {
  readonly words: ReadonlySet<
    | 'public'
    | 'private'
    | 'protected'
    | 'global'
    | 'static'
    | 'abstract'
    | 'virtual'
    | 'override'
    | 'final'
    | 'transient'
    | 'testmethod'
    | 'webservice'
  >;
  readonly sharing: 'with' | 'without' | 'inherited' | null;
  readonly annotations: readonly Annotation[];
}

export interface Parameter {
  readonly pos: Position;
  readonly name: string;
  readonly type: TypeRef;
  readonly isFinal: boolean;
}

interface Declaration {
  readonly pos: Position;
  readonly name: string;
  readonly modifiers: Modifiers;
}

export interface FieldDecl extends Declaration {
  readonly kind: 'field';
  readonly type: TypeRef;
  readonly initializer: Expression | null;
}
export interface PropertyDecl extends Declaration {
  readonly kind: 'property';
  readonly type: TypeRef;
  readonly getter: Accessor | null;
  readonly setter: Accessor | null;
}
export interface Accessor {
  readonly pos: Position;
  readonly modifiers: Modifiers;
  /** Null for `get;`. */
  readonly body: Block | null;
}
export interface MethodDecl extends Declaration {
  readonly kind: 'method';
  /** Null for void. */
  readonly returns: TypeRef | null;
  readonly params: readonly Parameter[];
  readonly body: Block | null;
}
export interface ConstructorDecl extends Declaration {
  readonly kind: 'constructor';
  readonly params: readonly Parameter[];
  readonly body: Block;
}
export interface InitializerDecl {
  readonly kind: 'initializer';
  readonly pos: Position;
  readonly isStatic: boolean;
  readonly body: Block;
}
export interface ClassDecl extends Declaration {
  readonly kind: 'class';
  readonly superclass: TypeRef | null;
  readonly interfaces: readonly TypeRef[];
  readonly members: readonly Member[];
}
export interface InterfaceDecl extends Declaration {
  readonly kind: 'interface';
  readonly interfaces: readonly TypeRef[];
  readonly methods: readonly MethodDecl[];
}
export interface EnumDecl extends Declaration {
  readonly kind: 'enum';
  readonly constants: readonly { readonly name: string; readonly pos: Position }[];
}
export type TypeDecl = ClassDecl | InterfaceDecl | EnumDecl;
export type Member = FieldDecl | PropertyDecl | MethodDecl | ConstructorDecl | InitializerDecl | TypeDecl;

export interface TriggerDecl {
  readonly kind: 'trigger';
  readonly pos: Position;
  readonly name: string;
  readonly object: string;
  readonly events: readonly { readonly timing: 'before' | 'after'; readonly operation: 'insert' | 'update' | 'delete' | 'undelete' }[];
  readonly body: Block;
}

export type Unit = TypeDecl | TriggerDecl;
