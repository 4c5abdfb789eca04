import type { Position } from '../parse/ast.ts';
import type { ApexType } from '../types.ts';
import { fail } from './problems.ts';
import { isReserved, nameProblem } from './reserved-words.ts';

export interface Local {
  readonly name: string;
  readonly type: ApexType;
  readonly slot: number;
  readonly isFinal: boolean;
}

/** The local variables of one routine. Blocks nest; slots are never shared, so a frame is one flat array. */
export class Scope {
  private readonly blocks: Map<string, Local>[] = [new Map<string, Local>()];
  size = 0;

  declare(name: string, type: ApexType, pos: Position, isFinal = false): Local {
    const shape = nameProblem(name);
    if (shape !== null) fail(shape, pos);
    if (isReserved(name)) fail(`Identifier name is reserved: ${name}`, pos);
    if (this.find(name)) fail(`Duplicate variable: ${name}`, pos);
    const local: Local = { name, type, slot: this.size++, isFinal };
    this.blocks.at(-1)?.set(name.toLowerCase(), local);
    return local;
  }

  find(name: string): Local | undefined {
    const key = name.toLowerCase();
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      const local = this.blocks[i]?.get(key);
      if (local) return local;
    }
    return undefined;
  }

  /** A slot without a name, for the compiler's own use. */
  hidden(): number {
    return this.size++;
  }

  nested<R>(work: () => R): R {
    this.blocks.push(new Map());
    try {
      return work();
    } finally {
      this.blocks.pop();
    }
  }
}
