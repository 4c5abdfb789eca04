import type { ApexType } from '../types.ts';
import { TypeValue } from '../values/type-value.ts';
import type { Code } from './frame.ts';

/** `Foo.class` */
export function classLiteral(type: ApexType): Code {
  const value = new TypeValue(type);
  return () => value;
}
