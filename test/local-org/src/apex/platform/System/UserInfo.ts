import { T } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import type { PlatformClass } from '../types.ts';

export const UserInfoClass: PlatformClass = {
  name: 'UserInfo',
  page: 'https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_userinfo.htm',
  statics: {
    'getUserId()': (runtime) => runtime.tx.user.id,
    'getUserName()': (runtime) => runtime.tx.user.username,
    'getName()': (runtime) => runtime.tx.user.name,
    'getUserEmail()': (runtime) => runtime.tx.user.email,
    'getProfileId()': (runtime) => runtime.tx.user.profileId,
    'getLocale()': (runtime) => runtime.tx.user.locale,
    'getLanguage()': (runtime) => runtime.tx.user.language,
    'getUserType()': (runtime) => runtime.tx.user.userType,
    'getOrganizationId()': (runtime) => runtime.tx.orgId,
    'getTimeZone()': (runtime) => new NativeObject(T.platform('TimeZone'), null, runtime.tx.user.timeZone),
    'isMultiCurrencyOrganization()': (runtime) => runtime.tx.schema.object('CurrencyType').kind === 'known',
  },
};
