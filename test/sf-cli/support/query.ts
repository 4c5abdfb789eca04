import { z } from 'zod';
import type { Sf } from './sf.ts';

const rows = z.looseObject({ records: z.array(z.looseObject({})) });

/** The records of a query by the CLI, in the default org of the project. */
export async function query(sf: Sf, soql: string): Promise<Record<string, unknown>[]> {
  return (await sf.result(rows, ['data', 'query', '--query', soql])).records;
}
