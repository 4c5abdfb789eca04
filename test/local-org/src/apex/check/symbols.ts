import type { CodeAccess } from './code-access.ts';
import type { Code, Step } from '../run/frame.ts';
import type {
  Annotation,
  ClassDecl,
  ConstructorDecl,
  EnumDecl,
  FieldDecl,
  InterfaceDecl,
  MethodDecl,
  PropertyDecl,
  TriggerDecl,
} from '../parse/ast.ts';
import type { ApexType } from '../types.ts';
import type { RuntimeClass } from '../values/apex-object.ts';
import type { ApexEnumValue } from '../values/apex-enum-value.ts';

export type Visibility = 'private' | 'protected' | 'public' | 'global';

/** One source file, and which of its lines can run and did. */
export class SourceUnit {
  readonly file: string;
  readonly name: string;
  readonly kind: 'class' | 'trigger' | 'anonymous';
  readonly apiVersion: number;
  readonly isTest: boolean;
  readonly executable = new Set<number>();
  readonly hits = new Set<number>();

  constructor(file: string, name: string, kind: SourceUnit['kind'], apiVersion: number, isTest: boolean) {
    this.file = file;
    this.name = name;
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.isTest = isTest;
  }
}

export class FieldSymbol {
  readonly owner: ClassSymbol;
  readonly name: string;
  readonly type: ApexType;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly isTransient: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  /** Index into the object's fields, or into the class's statics. */
  readonly slot: number;
  readonly decl: FieldDecl | PropertyDecl;
  /** Null until checked; a property with a body has code here. */
  initializer: Code | null = null;
  getter: Routine | null = null;
  setter: Routine | null = null;

  constructor(fields: Omit<FieldSymbol, 'initializer' | 'getter' | 'setter'>) {
    this.owner = fields.owner;
    this.name = fields.name;
    this.type = fields.type;
    this.isStatic = fields.isStatic;
    this.isFinal = fields.isFinal;
    this.isTransient = fields.isTransient;
    this.visibility = fields.visibility;
    this.testVisible = fields.testVisible;
    this.slot = fields.slot;
    this.decl = fields.decl;
  }
}

/** Compiled code with parameters: a method, constructor, accessor or initialiser. */
export interface Routine {
  readonly label: string;
  readonly file: string;
  readonly access: CodeAccess;
  /** Locals, parameters first. */
  frameSize: number;
  body: Step;
}

export interface ParameterSymbol {
  readonly isFinal?: boolean;
  readonly name: string;
  readonly type: ApexType;
}

export class MethodSymbol {
  readonly owner: ClassSymbol;
  readonly name: string;
  readonly params: readonly ParameterSymbol[];
  readonly returns: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  readonly isVirtual: boolean;
  readonly isOverride: boolean;
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  readonly annotations: readonly Annotation[];
  readonly decl: MethodDecl;
  readonly signature: string;
  routine: Routine | null = null;

  constructor(fields: Omit<MethodSymbol, 'routine' | 'hasAnnotation'>) {
    this.owner = fields.owner;
    this.name = fields.name;
    this.params = fields.params;
    this.returns = fields.returns;
    this.isStatic = fields.isStatic;
    this.isAbstract = fields.isAbstract;
    this.isVirtual = fields.isVirtual;
    this.isOverride = fields.isOverride;
    this.visibility = fields.visibility;
    this.testVisible = fields.testVisible;
    this.annotations = fields.annotations;
    this.decl = fields.decl;
    this.signature = fields.signature;
  }

  hasAnnotation(name: string): boolean {
    return this.annotations.some((annotation) => annotation.name === name);
  }
}

export interface ConstructorSymbol {
  readonly owner: ClassSymbol;
  readonly params: readonly ParameterSymbol[];
  readonly visibility: Visibility;
  readonly testVisible: boolean;
  readonly decl: ConstructorDecl | null;
  routine: Routine | null;
}

/** A class, interface or enum of guest code; at run time also the class that its instances point to. */
export class ClassSymbol implements RuntimeClass {
  readonly type: ApexType;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly name: string;
  readonly unit: SourceUnit;
  readonly outer: ClassSymbol | null;
  readonly decl: ClassDecl | InterfaceDecl | EnumDecl;
  readonly visibility: Visibility;
  readonly sharing: 'with' | 'without' | 'inherited' | null;
  readonly inner = new Map<string, ClassSymbol>();
  readonly fields = new Map<string, FieldSymbol>();
  readonly methods = new Map<string, MethodSymbol[]>();
  readonly constructors: ConstructorSymbol[] = [];
  readonly enumConstants: ApexEnumValue[] = [];
  readonly initializers: { readonly isStatic: boolean; readonly order: number; run: Step; frameSize: number }[] = [];
  superclass: ClassSymbol | PlatformClassSymbol | null = null;
  interfaces: readonly ApexType[] = [];
  isAbstract = false;
  isVirtual = false;
  /** Instance slots of this class and all above it. */
  slots = 0;
  staticSlots = 0;
  private readonly dispatch = new Map<string, MethodSymbol | undefined>();

  constructor(type: ApexType, decl: ClassDecl | InterfaceDecl | EnumDecl, unit: SourceUnit, outer: ClassSymbol | null) {
    this.type = type;
    this.kind = decl.kind;
    this.name = decl.name;
    this.decl = decl;
    this.unit = unit;
    this.outer = outer;
    this.sharing = decl.modifiers.sharing;
    this.visibility = visibilityOf(decl.modifiers.words);
  }

  get isException(): boolean {
    return this.superclass?.isException ?? false;
  }

  /** This class and those above it in guest code, nearest first. */
  lineage(): ClassSymbol[] {
    return [this, ...(this.userSuperclass?.lineage() ?? [])];
  }

  /** Methods of a name in this class and above, nearest first; overridden ones are left out. */
  methodsNamed(name: string): MethodSymbol[] {
    const key = name.toLowerCase();
    const found: MethodSymbol[] = [];
    for (const cls of this.lineage()) {
      for (const method of cls.methods.get(key) ?? []) if (!found.some((known) => known.signature === method.signature)) found.push(method);
    }
    return found;
  }

  fieldNamed(name: string): FieldSymbol | undefined {
    const key = name.toLowerCase();
    for (const cls of this.lineage()) {
      const field = cls.fields.get(key);
      if (field) return field;
    }
    return undefined;
  }

  get userSuperclass(): ClassSymbol | null {
    return this.superclass instanceof ClassSymbol ? this.superclass : null;
  }

  get isTest(): boolean {
    return this.decl.modifiers.annotations.some((annotation) => annotation.name === 'istest') || (this.outer?.isTest ?? false);
  }

  /** The method that a virtual call of this signature reaches. */
  implementation(signature: string): MethodSymbol | undefined {
    if (this.dispatch.has(signature)) return this.dispatch.get(signature);
    const key = signature.slice(0, signature.indexOf('('));
    const found = this.lineage()
      .flatMap((cls) => cls.methods.get(key) ?? [])
      .find((method) => method.signature === signature && method.decl.body);
    this.dispatch.set(signature, found);
    return found;
  }
}

/** A platform class as a superclass: in practice Exception and what stands below it. */
export interface PlatformClassSymbol extends RuntimeClass {
  readonly superclass: PlatformClassSymbol | null;
}

export class TriggerSymbol {
  readonly unit: SourceUnit;
  readonly decl: TriggerDecl;
  routine: Routine | null = null;

  constructor(unit: SourceUnit, decl: TriggerDecl) {
    this.unit = unit;
    this.decl = decl;
  }
}

export function visibilityOf(words: ReadonlySet<string>): Visibility {
  if (words.has('global') || words.has('webservice')) return 'global';
  if (words.has('public')) return 'public';
  return words.has('protected') ? 'protected' : 'private';
}

/** What virtual dispatch goes by: lower-case name and exact parameter types. */
export function signatureOf(name: string, params: readonly ApexType[], spell: (type: ApexType) => string): string {
  return `${name.toLowerCase()}(${params.map((type) => spell(type).toLowerCase()).join(',')})`;
}
