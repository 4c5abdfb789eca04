import { platformType } from '../../catalog/platform-types.ts';
import type { PlatformClassSymbol } from '../check/symbols.ts';
import { T } from '../types.ts';
import type { ApexType } from '../types.ts';

const classes = new Map<ApexType, PlatformClassSymbol>();

/** The run-time class of a platform exception; Exception stands above all. */
export function platformExceptionClass(type: ApexType): PlatformClassSymbol {
  const known = classes.get(type);
  if (known) return known;
  const parent = type === T.Exception ? null : (platformType(type.name)?.superclass ?? 'Exception');
  const made: PlatformClassSymbol = {
    type,
    superclass: parent === null ? null : platformExceptionClass(T.platform(parent)),
    interfaces: [],
    isException: true,
  };
  classes.set(type, made);
  return made;
}
