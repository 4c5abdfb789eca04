import type { Row } from '../store/types.ts';
import type { RunningUser } from '../transaction/types.ts';

/** A row of User as the rest of the org needs to know it. @throws Error for a row without one of the fields */
export function toRunningUser(row: Row): RunningUser {
  const text = (field: string): string => {
    const value = row.get(field);
    if (typeof value !== 'string') throw new Error(`the user ${String(row.get('Id'))} has no ${field}`);
    return value;
  };
  return {
    id: text('Id'),
    username: text('Username'),
    name: text('Name'),
    email: text('Email'),
    profileId: text('ProfileId'),
    timeZone: text('TimeZoneSidKey'),
    locale: text('LocaleSidKey'),
    language: text('LanguageLocaleKey'),
    userType: text('UserType'),
  };
}
