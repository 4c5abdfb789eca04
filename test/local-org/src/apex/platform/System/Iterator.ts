import type { NativeObject } from '../../values/native-object.ts';
import type { ApexValue } from '../../values/values.ts';
import type { PlatformClass } from '../types.ts';

interface Cursor {
  readonly values: readonly ApexValue[];
  next: number;
}

const cursorOf = (self: NativeObject): Cursor => self.data as Cursor;

/** Iterators of the platform's own collections; those that users write are objects of their classes. */
export const IteratorClass: PlatformClass<NativeObject> = {
  name: 'Iterator',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_iterable.htm',
  methods: {
    'hasNext()': (_runtime, self) => cursorOf(self).next < cursorOf(self).values.length,
    'next()': (runtime, self) => {
      const cursor = cursorOf(self);
      if (cursor.next >= cursor.values.length) return runtime.throwApex('NoSuchElementException', 'Iterator has no more elements.');
      return cursor.values[cursor.next++] ?? null;
    },
  },
};
