import { classAccess } from '../check/code-access.ts';
import type { ClassSymbol, FieldSymbol } from '../check/symbols.ts';
import { ApexObject } from '../values/apex-object.ts';
import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** Static fields and blocks in text order, once a transaction. */
export function initializeStatics(cls: ClassSymbol, rt: Interpreter, values: ApexValue[]): void {
  run(cls, true, rt, null, (field, value) => {
    values[field.slot] = value;
  });
}

/** Instance fields and blocks of one class in text order: after super, before the body. */
export function initializeInstance(cls: ClassSymbol, rt: Interpreter, self: ApexValue): void {
  run(cls, false, rt, self, (field, value) => {
    if (self instanceof ApexObject) self.fields[field.slot] = value;
  });
}

function run(
  cls: ClassSymbol,
  isStatic: boolean,
  rt: Interpreter,
  self: ApexValue,
  store: (field: FieldSymbol, value: ApexValue) => void,
): void {
  const { decl } = cls;
  if (decl.kind !== 'class') return;
  const code = { label: `Class.${cls.type.name}.${isStatic ? '<clinit>' : '<init>'}`, file: cls.unit.file, access: classAccess(cls) };
  let order = 0;
  for (const member of decl.members) {
    order++;
    if (member.kind === 'field' && member.modifiers.words.has('static') === isStatic) {
      const field = cls.fields.get(member.name.toLowerCase());
      const initializer = field?.initializer;
      if (field && initializer)
        store(
          field,
          rt.inFrame(code, self, 64, (frame) => initializer(frame)),
        );
    } else if (member.kind === 'initializer' && member.isStatic === isStatic) {
      const block = cls.initializers.find((one) => one.order === order);
      if (block) rt.inFrame(code, self, block.frameSize, (frame) => block.run(frame));
    }
  }
}
