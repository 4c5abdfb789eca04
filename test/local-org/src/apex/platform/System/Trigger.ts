import type { ApexList } from '../../values/apex-list.ts';
import type { ApexMap } from '../../values/apex-map.ts';
import { platformEnumValue } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import type { PlatformClass, Runtime } from '../types.ts';

/** What a running trigger sees; kept in `runtime.state` under `trigger` by whoever fires triggers. Null outside of one. */
export interface TriggerState {
  readonly timing: 'before' | 'after';
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly newList: ApexList | null;
  readonly newMap: ApexMap | null;
  readonly oldList: ApexList | null;
  readonly oldMap: ApexMap | null;
}

const KEY = 'trigger';

/** The innermost trigger that is running. */
export function triggerState(runtime: Runtime): TriggerState | null {
  return (runtime.state.get(KEY) as TriggerState | undefined) ?? null;
}

/** Makes `state` the running trigger's; answers the function that puts the former one back. */
export function enterTrigger(runtime: Runtime, state: TriggerState): () => void {
  const before = runtime.state.get(KEY);
  runtime.state.set(KEY, state);
  return () => {
    if (before === undefined) runtime.state.delete(KEY);
    else runtime.state.set(KEY, before);
  };
}

const read = (pick: (state: TriggerState) => ApexValue, outside: ApexValue = null): { get: (runtime: Runtime) => ApexValue } => ({
  get: (runtime) => {
    const state = triggerState(runtime);
    return state === null ? outside : pick(state);
  },
});

const isOperation = (operation: TriggerState['operation']): ReturnType<typeof read> =>
  read((state) => state.operation === operation, false);

export const TriggerClass: PlatformClass = {
  name: 'Trigger',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_context_variables.htm',
  staticProperties: {
    New: read((state) => state.newList),
    newMap: read((state) => state.newMap),
    old: read((state) => state.oldList),
    oldMap: read((state) => state.oldMap),
    isExecuting: read(() => true, false),
    isBefore: read((state) => state.timing === 'before', false),
    isAfter: read((state) => state.timing === 'after', false),
    isInsert: isOperation('insert'),
    isUpdate: isOperation('update'),
    isDelete: isOperation('delete'),
    isUndelete: isOperation('undelete'),
    operationType: read((state) => platformEnumValue('TriggerOperation', `${state.timing}_${state.operation}`.toUpperCase())),
    size: read((state) => (state.newList ?? state.oldList)?.items.length ?? 0),
  },
};
