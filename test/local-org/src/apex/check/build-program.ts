import type { ApexSource } from '../engine-types.ts';
import { parseSource } from '../parse/parse-source.ts';
import type { PlatformRegistry } from '../platform/registry.ts';
import type { Schema } from '../../schema/types.ts';
import { checkAnnotations } from './annotations.ts';
import { checkAuraRules } from './aura-rules.ts';
import { checkBodies, checkTrigger } from './bodies.ts';
import { declareUnit } from './declare.ts';
import { checkCircles, declareMembers, linkType } from './headers.ts';
import { checkInheritance } from './inheritance.ts';
import { checkModifiers } from './modifiers.ts';
import { Program } from './program.ts';
import { checkInvocableRules } from './invocable-rules.ts';
import { checkRestRules } from './rest-rules.ts';
import type { ClassSymbol } from './symbols.ts';

/** Parses and checks all sources against a schema. The program is fit to run only if it has no problems. */
export function buildProgram(sources: readonly ApexSource[], schema: Schema, platform: PlatformRegistry): Program {
  const program = new Program(schema, platform);
  for (const source of sources) {
    const parsed = parseSource(source.source, source.kind);
    for (const error of parsed.errors) {
      program.problems.push({ message: error.message, location: { file: source.file, line: error.line, column: error.column } });
    }
    if (parsed.unit) declareUnit(source, parsed.unit, program);
  }
  if (program.problems.length > 0) return program;
  const classes = [...program.allClasses()];
  for (const cls of classes) linkType(cls, program);
  for (const cls of classes) checkCircles(cls, program);
  if (program.problems.length > 0) return program;
  const done = new Set<ClassSymbol>();
  for (const cls of classes) declareMembers(cls, program, done);
  if (program.problems.length > 0) return program;
  for (const cls of classes) {
    checkAnnotations(cls, program);
    checkModifiers(cls, program);
    checkInheritance(cls, program);
    checkRestRules(cls, program);
    checkInvocableRules(cls, program);
    checkAuraRules(cls, program);
    checkBodies(cls, program);
  }
  for (const trigger of program.triggers) checkTrigger(trigger, program);
  return program;
}
