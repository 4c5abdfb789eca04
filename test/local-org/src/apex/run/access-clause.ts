import type { AccessMode } from '../../dml/types.ts';
import type { SoqlQuery } from '../../soql/types.ts';

/** What `WITH USER_MODE` or `WITH SYSTEM_MODE` asks for; null without a clause: the calling class decides. */
export function modeOfClause(query: SoqlQuery): AccessMode | null {
  if (query.accessClause === 'SYSTEM_MODE') return 'system';
  return query.accessClause === 'USER_MODE' ? 'user' : null;
}
