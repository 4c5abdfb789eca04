import { to18 } from '../../schema/ids.ts';

/** Key prefixes of what has an id in the Tooling API. */
const PREFIXES: Readonly<Record<string, string>> = {
  ApexClass: '01p',
  ApexTrigger: '01q',
  CustomField: '00N',
  CustomObject: '01I',
  CustomPermission: '0CP',
  Layout: '00h',
  LightningComponentBundle: '0Rb',
  PermissionSet: '0PS',
  Report: '00O',
  ValidationRule: '03d',
};

/** Ids of components and of what the Metadata and Tooling APIs make up: the same name keeps its id as long as the org lives. */
export class ComponentIds {
  readonly #ids = new Map<string, string>();
  #last = 0;

  /** The id of a component; types without one of their own have a common prefix. */
  of(type: string, name: string): string {
    const key = `${type} ${name}`.toLowerCase();
    const id = this.#ids.get(key) ?? this.next(PREFIXES[type] ?? '000');
    this.#ids.set(key, id);
    return id;
  }

  /** A fresh id, of a job for instance. */
  next(keyPrefix: string): string {
    this.#last += 1;
    return to18(`${keyPrefix}Lo0000${this.#last.toString(36).padStart(6, '0')}`);
  }
}
