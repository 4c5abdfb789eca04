/**
 * Static types of Apex. One canonical name per type: platform types by their qualified catalogue name without `System.`
 * (`String`, `List`, `Database.SaveResult`, `Schema.SObjectType`), sObjects by API name, user types as `Outer.Inner`.
 */
export interface ApexType {
  readonly kind: 'platform' | 'sobject' | 'user' | 'void' | 'null';
  readonly name: string;
  readonly args: readonly ApexType[];
}

const interned = new Map<string, ApexType>();

/** The one ApexType object of a name and arguments, so that types compare by identity. */
export function apexType(kind: ApexType['kind'], name: string, args: readonly ApexType[] = []): ApexType {
  const key = `${kind}:${typeKey(name, args)}`;
  const known = interned.get(key);
  if (known) return known;
  const made: ApexType = Object.freeze({ kind, name, args });
  interned.set(key, made);
  return made;
}

function typeKey(name: string, args: readonly ApexType[]): string {
  return args.length === 0 ? name : `${name}<${args.map((a) => `${a.kind}:${typeKey(a.name, a.args)}`).join(',')}>`;
}

/** As the compiler prints it: `Map<String,Object>`. */
export function typeName(type: ApexType): string {
  return type.args.length === 0 ? type.name : `${type.name}<${type.args.map(typeName).join(',')}>`;
}

const platform = (name: string, ...args: ApexType[]): ApexType => apexType('platform', name, args);

export const T = {
  void: apexType('void', 'void'),
  null: apexType('null', 'NULL'),
  Object: platform('Object'),
  Boolean: platform('Boolean'),
  Integer: platform('Integer'),
  Long: platform('Long'),
  Double: platform('Double'),
  Decimal: platform('Decimal'),
  String: platform('String'),
  Id: platform('Id'),
  Date: platform('Date'),
  Datetime: platform('Datetime'),
  Time: platform('Time'),
  Blob: platform('Blob'),
  SObject: platform('SObject'),
  Exception: platform('Exception'),
  Type: platform('Type'),
  AggregateResult: apexType('sobject', 'AggregateResult'),
  list: (element: ApexType): ApexType => platform('List', element),
  set: (element: ApexType): ApexType => platform('Set', element),
  map: (key: ApexType, value: ApexType): ApexType => platform('Map', key, value),
  platform,
  sobject: (name: string): ApexType => apexType('sobject', name),
  user: (name: string): ApexType => apexType('user', name),
} as const;
