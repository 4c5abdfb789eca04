import { DeployFailed, type DeployedPlace, type Problem } from '../errors.ts';
import { checkElements, unsupported } from './check-elements.ts';
import { bundleFiles, placeInBundle, strayBundleFiles } from './bundle-files.ts';
import { componentNameOf } from './component-name.ts';
import { readCustomField } from './custom-field-file.ts';
import { readCustomMetadata } from './custom-metadata-file.ts';
import { readCustomObject } from './custom-object-file.ts';
import { isPartOfObject, OBJECT_PARTS } from './object-parts.ts';
import type {
  ApexComponent,
  Component,
  CustomMetadataComponent,
  CustomPermissionComponent,
  DeclaredObject,
  FieldComponent,
  ObjectComponent,
  ObjectPart,
  OtherComponent,
  Package,
  PermissionSetComponent,
  ValidationRuleComponent,
} from './package.ts';
import { readPermissionSet } from './permission-set-file.ts';
import { sourceFiles, type SourceFile } from './source-files.ts';
import { textLimits } from './text-limits.ts';
import { readValidationRule } from './validation-rule-file.ts';
import { childrenNamed, flagOf, numberOf, parseXml, textOf, type XmlElement } from './xml-element.ts';

/** What would tie a custom permission to something that the local org does not have. */
const CUSTOM_PERMISSION_REFUSED: readonly string[] = ['connectedApp', 'externalClientApplication', 'requiredPermission'];

const META = '-meta.xml';

/** Suffixes of files that have a -meta.xml file beside them in both formats. */
const CODE: ReadonlySet<string> = new Set(['cls', 'js', 'trigger']);

/** `source`: as in a project, each part of an object in a file of its own; `metadata`: as in a deploy's zip, one file for each object. */
type Format = 'source' | 'metadata';

/**
 * Reads package directories in source format.
 * @param directories absolute paths
 * @param root what file names in messages are relative to
 * @throws DeployFailed with every problem: malformed XML, what the metadata types do not allow, what contradicts itself,
 *   the same name twice, and what the local org does not know, each with file, line and column
 */
export function readPackage(directories: readonly string[], root: string): Package {
  return readSourceFormat(directories.map((directory) => sourceFiles(directory, root)));
}

/** The same of files that were found already, those of each package directory together. */
export function readSourceFormat(directories: readonly (readonly SourceFile[])[]): Package {
  const reader = new PackageReader('source');
  for (const files of directories) reader.read(files);
  return reader.finish();
}

/**
 * Reads the files of a deploy's zip in metadata format, without its manifests.
 * @param declares whether a .object file stands for its object, or only for the parts that are in it
 * @throws DeployFailed, as readPackage
 */
export function readMetadataFormat(files: readonly SourceFile[], declares: (object: string) => boolean): Package {
  const reader = new PackageReader('metadata', declares);
  reader.read(files);
  return reader.finish();
}

class PackageReader {
  readonly #format: Format;
  readonly #declares: (object: string) => boolean;
  readonly #problems: Problem[] = [];
  /** What is in the files, sound or not: a problem is laid to the component that it stands in. */
  readonly #places: DeployedPlace[] = [];
  readonly #components = new Map<string, Component>();
  readonly #declared = new Map<string, DeclaredObject>();
  readonly #fields: FieldComponent[] = [];
  readonly #validationRules: ValidationRuleComponent[] = [];
  readonly #records: CustomMetadataComponent[] = [];
  readonly #apex: ApexComponent[] = [];
  readonly #permissionSets: PermissionSetComponent[] = [];
  readonly #customPermissions: CustomPermissionComponent[] = [];
  readonly #parts: ObjectPart[] = [];
  readonly #others: OtherComponent[] = [];

  constructor(format: Format, declares: (object: string) => boolean = () => true) {
    this.#format = format;
    this.#declares = declares;
  }

  read(files: readonly SourceFile[]): void {
    const byName = new Map(files.map((file) => [file.file, file]));
    this.#problems.push(...strayBundleFiles(files));
    for (const file of files) {
      if (file.file.endsWith(META) || this.#isMetadataFile(file)) this.#readMeta(file, byName, files);
      else if (placeInBundle(file)) continue;
      else if (!byName.has(file.file + META)) this.#refuse(file, this.#strayMessage(file));
    }
  }

  /** In metadata format only code has a -meta.xml file beside it. */
  #isMetadataFile(file: SourceFile): boolean {
    const { type, suffix } = componentNameOf(file);
    return this.#format === 'metadata' && type !== undefined && !CODE.has(suffix);
  }

  finish(): Package {
    if (this.#problems.length > 0) throw new DeployFailed(this.#problems, this.#places);
    const names = new Set([
      ...[...this.#declared.values()].map(({ name }) => name),
      ...[...this.#fields, ...this.#validationRules, ...this.#records, ...this.#parts].map(({ object }) => object),
    ]);
    const objects: ObjectComponent[] = [...names].map((name) => ({
      name,
      declared: this.#declared.get(name) ?? null,
      fields: this.#fields.filter((field) => field.object === name),
      validationRules: this.#validationRules.filter((rule) => rule.object === name),
      records: this.#records.filter((record) => record.object === name),
      parts: this.#parts.filter((part) => part.object === name),
    }));
    return {
      components: [...this.#components.values()],
      objects,
      apex: this.#apex,
      permissionSets: this.#permissionSets,
      customPermissions: this.#customPermissions,
      others: this.#others,
    };
  }

  #strayMessage({ file }: SourceFile): string {
    const isApex = /\.(?:cls|trigger)$/.test(file);
    return isApex
      ? `The file ${nameOf(file)}${META} is missing beside it`
      : 'Could not infer a metadata type: move the file out of the package directory';
  }

  #refuse({ file }: SourceFile, message: string): void {
    this.#problems.push({ message, location: { file, line: 1, column: 1 } });
  }

  #readMeta(source: SourceFile, byName: ReadonlyMap<string, SourceFile>, files: readonly SourceFile[]): void {
    const { root, problem } = parseXml(source.file, source.read());
    if (problem) return void this.#problems.push(problem);
    const { type: expected, name, suffix } = componentNameOf(source);
    if (expected === undefined) return void this.#problems.push(unsupported(`metadata type ${root.name}`, root));
    if (root.name !== expected) return this.#refuse(source, `A .${suffix} file holds ${expected}, not ${root.name}`);
    this.#places.push(...placesIn(source, { type: expected, name, at: root.at }, root));
    const problems = checkElements(root, expected);
    this.#problems.push(...problems, ...textLimits(root, expected));
    if (problems.length > 0) return;
    const component: Component = { type: expected, name, file: source.file, at: root.at, element: root };
    if (expected === 'CustomField') this.#readField(source, name, root);
    else if (expected === 'CustomObject') this.#readObject(source, component, root);
    else if (expected === 'ValidationRule') this.#readValidationRule(source, name, root);
    else if (expected === 'CustomMetadata') this.#readCustomMetadata(source, component, root);
    else if (expected === 'PermissionSet') this.#readPermissionSet(component, root);
    else if (expected === 'CustomPermission') this.#readCustomPermission(component, root);
    else if (isPartOfObject(expected)) this.#readPart(source, component, root);
    else if (!CODE.has(suffix)) this.#addOther({ ...component, resources: [] }, root);
    else if (suffix === 'js') this.#addOther({ ...component, resources: bundleFiles(name, files) }, root);
    else this.#readApex(source, component, root, byName.get(source.file.slice(0, -META.length)));
  }

  /** Adds a component unless its name is taken or another than the one in its file. */
  #add(component: Component, root: XmlElement, simpleName: string): boolean {
    const fullName = textOf(root, 'fullName');
    const isOther = fullName !== null && fullName !== simpleName && fullName !== component.name;
    if (isOther) {
      this.#problems.push({ message: `The fullName ${fullName} is not the file's name ${simpleName}`, location: root.at });
      return false;
    }
    const key = `${component.type} ${component.name}`.toLowerCase();
    const other = this.#components.get(key);
    if (other) {
      this.#problems.push({ message: `Duplicate ${component.type} ${component.name}: it is in ${other.file} too`, location: root.at });
      return false;
    }
    this.#components.set(key, component);
    return true;
  }

  #readObject(source: SourceFile, component: Component, root: XmlElement): void {
    if (source.parts.at(-2) !== (this.#format === 'source' ? component.name : 'objects')) {
      const place = this.#format === 'source' ? 'a folder of its name' : 'the folder objects';
      return this.#refuse(source, `The object ${component.name} must lie in ${place}`);
    }
    if (this.#declares(component.name)) {
      if (!this.#add(component, root, component.name)) return;
      const { declared, problems } = readCustomObject(component, root);
      this.#problems.push(...problems);
      this.#declared.set(component.name, declared);
    }
    for (const element of childrenNamed(root, 'fields'))
      this.#addField(component.file, component.name, textOf(element, 'fullName') ?? '', element);
    for (const element of childrenNamed(root, 'validationRules'))
      this.#addValidationRule(component.file, component.name, textOf(element, 'fullName') ?? '', element);
    for (const type of ['ListView', 'CompactLayout']) {
      for (const element of childrenNamed(root, OBJECT_PARTS[type] ?? ''))
        this.#addPart(type, component.file, component.name, textOf(element, 'fullName') ?? '', element);
    }
  }

  /** A list view or a compact layout in a file of its own. */
  #readPart(source: SourceFile, { type, name }: Component, root: XmlElement): void {
    const [object, folder] = source.parts.slice(-3);
    const expected = OBJECT_PARTS[type] ?? '';
    if (folder !== expected || object === undefined)
      return this.#refuse(source, `The ${type} ${name} must lie in objects/<object>/${expected}`);
    this.#addPart(type, source.file, object, name, root);
  }

  #addPart(type: string, file: string, object: string, name: string, element: XmlElement): void {
    const part: ObjectPart = { type, name: `${object}.${name}`, file, at: element.at, element, object };
    if (this.#add(part, element, name)) this.#parts.push(part);
  }

  #addOther(component: OtherComponent, root: XmlElement): void {
    if (this.#add(component, root, component.name)) this.#others.push(component);
  }

  #readField(source: SourceFile, name: string, root: XmlElement): void {
    const [object, folder] = source.parts.slice(-3);
    if (folder !== 'fields' || object === undefined) return this.#refuse(source, `The field ${name} must lie in objects/<object>/fields`);
    this.#addField(source.file, object, name, root);
  }

  #addField(file: string, object: string, name: string, element: XmlElement): void {
    const component: Component = { type: 'CustomField', name: `${object}.${name}`, file, at: element.at, element };
    if (!/^[A-Za-z](?:[A-Za-z0-9]|_(?!_))*__c$/.test(name)) {
      const message = `The name ${name} is not that of a custom field: a letter, then letters, digits and single underscores, then __c`;
      return void this.#problems.push({ message, location: element.at });
    }
    if (!this.#add(component, element, name)) return;
    const { field, problems } = readCustomField(object, name, element);
    this.#problems.push(...problems);
    this.#fields.push({ ...component, object, field });
  }

  #readValidationRule(source: SourceFile, name: string, root: XmlElement): void {
    const [object, folder] = source.parts.slice(-3);
    if (folder !== 'validationRules' || object === undefined) {
      return this.#refuse(source, `The validation rule ${name} must lie in objects/<object>/validationRules`);
    }
    this.#addValidationRule(source.file, object, name, root);
  }

  #addValidationRule(file: string, object: string, name: string, element: XmlElement): void {
    const component: Component = { type: 'ValidationRule', name: `${object}.${name}`, file, at: element.at, element };
    if (!this.#add(component, element, name)) return;
    const { validationRule, problems } = readValidationRule(component, object, name, element);
    this.#problems.push(...problems);
    this.#validationRules.push(validationRule);
  }

  #readCustomMetadata(source: SourceFile, component: Component, root: XmlElement): void {
    if (source.parts.at(-2) !== 'customMetadata') {
      return this.#refuse(source, `The custom metadata record ${component.name} must lie in the folder customMetadata`);
    }
    if (!this.#add(component, root, component.name)) return;
    const { record, problems } = readCustomMetadata(component, root);
    this.#problems.push(...problems);
    this.#records.push(record);
  }

  #readPermissionSet(component: Component, root: XmlElement): void {
    if (!this.#add(component, root, component.name)) return;
    const { permissionSet, problems } = readPermissionSet(component, root);
    this.#problems.push(...problems);
    this.#permissionSets.push(permissionSet);
  }

  #readCustomPermission(component: Component, root: XmlElement): void {
    if (!this.#add(component, root, component.name)) return;
    const refused = root.children.filter(({ name }) => CUSTOM_PERMISSION_REFUSED.includes(name));
    this.#problems.push(...refused.map((each) => unsupported(`CustomPermission.${each.name}`, each)));
    if (flagOf(root, 'isLicensed')) this.#problems.push(unsupported('CustomPermission.isLicensed', root));
    this.#customPermissions.push({ ...component, label: textOf(root, 'label') ?? component.name });
  }

  #readApex(source: SourceFile, component: Component, root: XmlElement, code: SourceFile | undefined): void {
    if (!code) return this.#refuse(source, `The source ${nameOf(source.file).slice(0, -META.length)} is missing beside it`);
    if (textOf(root, 'status') !== 'Active')
      return void this.#problems.push(unsupported(`${component.type} with status ${textOf(root, 'status')}`, root));
    const [packageVersion] = childrenNamed(root, 'packageVersions');
    if (packageVersion) return void this.#problems.push(unsupported(`${component.type}.packageVersions`, packageVersion));
    const apiVersion = numberOf(root, 'apiVersion') ?? 0;
    const apex: ApexComponent = {
      ...component,
      file: code.file,
      at: { file: code.file, line: 1, column: 1 },
      kind: component.type === 'ApexClass' ? 'class' : 'trigger',
      source: code.read(),
      apiVersion,
    };
    if (this.#add(apex, root, component.name)) this.#apex.push(apex);
  }
}

/** A component and the parts in its file. The field of a file of its own lies in `objects/<object>/fields`. */
function placesIn(source: SourceFile, place: DeployedPlace, root: XmlElement): DeployedPlace[] {
  if (isPartOfObject(place.type)) return [{ ...place, name: `${source.parts.at(-3) ?? ''}.${place.name}` }];
  if (place.type !== 'CustomObject') return [place];
  const typeOf = new Map(Object.entries(OBJECT_PARTS).map(([type, element]) => [element, type]));
  const parts = root.children.flatMap((each, index): DeployedPlace[] => {
    const type = typeOf.get(each.name);
    if (type === undefined) return [];
    const next = root.children[index + 1];
    const until = next ? { until: Math.max(each.at.line, next.at.line - 1) } : {};
    return [{ type, name: `${place.name}.${textOf(each, 'fullName') ?? ''}`, at: each.at, ...until }];
  });
  return [place, ...parts];
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
