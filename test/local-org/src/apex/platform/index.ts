import { AssertClass } from './System/Assert.ts';
import { BooleanClass } from './System/Boolean.ts';
import { DateClass } from './System/Date.ts';
import { DatetimeClass } from './System/Datetime.ts';
import { DecimalClass } from './System/Decimal.ts';
import { DoubleClass } from './System/Double.ts';
import { IdClass } from './System/Id.ts';
import { IntegerClass } from './System/Integer.ts';
import { IteratorClass } from './System/Iterator.ts';
import { JSONClass } from './System/JSON.ts';
import { ListClass } from './System/List.ts';
import { LongClass } from './System/Long.ts';
import { MapClass } from './System/Map.ts';
import { SetClass } from './System/Set.ts';
import { SObjectClass } from './System/SObject.ts';
import { StringClass } from './System/String.ts';
import { SystemClass } from './System/System.ts';
import { TimeClass } from './System/Time.ts';
import { TriggerClass } from './System/Trigger.ts';
import type { PlatformClass } from './types.ts';

/** Erases the receiver's class: whoever dispatches has made sure of it by the static type. */
const any = <S>(platformClass: PlatformClass<S>): PlatformClass => platformClass as unknown as PlatformClass;

/** Every platform class that the local org implements. */
export const platformClasses: readonly PlatformClass[] = [
  any(AssertClass),
  any(BooleanClass),
  any(DateClass),
  any(DatetimeClass),
  any(DecimalClass),
  any(DoubleClass),
  any(IdClass),
  any(IntegerClass),
  any(IteratorClass),
  any(JSONClass),
  any(ListClass),
  any(LongClass),
  any(MapClass),
  any(SetClass),
  any(SObjectClass),
  any(StringClass),
  any(SystemClass),
  any(TimeClass),
  any(TriggerClass),
];
