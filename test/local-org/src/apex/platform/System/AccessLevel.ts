import type { AccessMode } from '../../../dml/types.ts';
import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import { nativeArg } from '../arguments.ts';
import type { PlatformClass, Runtime } from '../types.ts';

const level = (mode: AccessMode): NativeObject =>
  new NativeObject(T.platform('AccessLevel'), mode, mode === 'user' ? 'USER_MODE' : 'SYSTEM_MODE');
const USER_MODE = level('user');
const SYSTEM_MODE = level('system');

export const AccessLevelClass: PlatformClass<NativeObject> = {
  name: 'AccessLevel',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_AccessLevel.htm',
  staticProperties: { USER_MODE: { get: () => USER_MODE }, SYSTEM_MODE: { get: () => SYSTEM_MODE } },
};

/** The mode that an AccessLevel argument stands for. */
export function accessModeArg(runtime: Runtime, args: readonly ApexValue[], i: number): AccessMode {
  return nativeArg(runtime, args, i) === USER_MODE ? 'user' : 'system';
}
