import type { ApexSource } from '../engine-types.ts';
import type { ClassDecl, Modifiers, TypeDecl, Unit } from '../parse/ast.ts';
import { T } from '../types.ts';
import { ApexEnumValue } from '../values/apex-enum-value.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import { checkIdentifier } from './reserved-words.ts';
import { ClassSymbol, SourceUnit, TriggerSymbol } from './symbols.ts';

/** Phase 1: a symbol for every type and trigger, so that all can refer to all. */
export function declareUnit(source: ApexSource, unit: Unit, program: Program): void {
  const sourceUnit = new SourceUnit(
    source.file,
    source.name,
    source.kind,
    source.apiVersion,
    unit.kind !== 'trigger' && isTestClass(unit.modifiers),
  );
  if (unit.name.toLowerCase() !== source.name.toLowerCase()) {
    reportProblem(program, sourceUnit, `Invalid name: the file is named ${source.name} and declares ${unit.name}`, unit.pos);
  }
  if (unit.kind === 'trigger') {
    program.triggers.push(new TriggerSymbol(sourceUnit, unit));
    return;
  }
  const key = unit.name.toLowerCase();
  if (program.classes.has(key)) {
    reportProblem(program, sourceUnit, `Duplicate class name: ${unit.name}`, unit.pos);
    return;
  }
  program.classes.set(key, declareType(unit, sourceUnit, null, program));
}

function isTestClass(modifiers: Modifiers): boolean {
  return modifiers.annotations.some((annotation) => annotation.name === 'istest');
}

function declareType(decl: TypeDecl, unit: SourceUnit, outer: ClassSymbol | null, program: Program): ClassSymbol {
  checkIdentifier(decl.name, decl.pos, unit, program);
  const cls = new ClassSymbol(T.user(outer ? `${outer.name}.${decl.name}` : decl.name), decl, unit, outer);
  if (decl.kind === 'enum') {
    for (const [index, constant] of decl.constants.entries()) {
      if (decl.constants.slice(0, index).some(({ name }) => name.toLowerCase() === constant.name.toLowerCase()))
        reportProblem(program, unit, `Duplicate field: ${constant.name}`, constant.pos);
    }
    decl.constants.forEach((constant, ordinal) => cls.enumConstants.push(new ApexEnumValue(cls.type, constant.name, ordinal)));
  }
  if (decl.kind === 'class') declareInner(decl, cls, unit, outer, program);
  return cls;
}

function declareInner(decl: ClassDecl, cls: ClassSymbol, unit: SourceUnit, outer: ClassSymbol | null, program: Program): void {
  cls.isAbstract = decl.modifiers.words.has('abstract');
  cls.isVirtual = cls.isAbstract || decl.modifiers.words.has('virtual');
  for (const member of decl.members) {
    if (member.kind !== 'class' && member.kind !== 'interface' && member.kind !== 'enum') continue;
    if (outer) {
      reportProblem(program, unit, 'Inner types are not allowed to have inner types', member.pos);
      continue;
    }
    const key = member.name.toLowerCase();
    if (key === cls.name.toLowerCase()) reportProblem(program, unit, `Type name already in use: ${member.name}`, member.pos);
    if (cls.inner.has(key)) reportProblem(program, unit, `Duplicate class name: ${member.name}`, member.pos);
    else cls.inner.set(key, declareType(member, unit, cls, program));
  }
}
