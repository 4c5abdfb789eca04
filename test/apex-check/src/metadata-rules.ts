import { basename, dirname } from 'node:path';
import type { Element } from '@xmldom/xmldom';
import type { Finding } from './finding.ts';
import { apexFiles, type Project } from './project.ts';
import { children, readXml, textOf } from './xml.ts';

/** Length is mandatory for these, and only a deploy would say so. */
const TYPES_WITH_LENGTH = new Set(['Text', 'LongTextArea', 'Html', 'EncryptedText']);
const EVIDENCE = 'Cleanup_Audit__c';

/** The rules of this repository for metadata, beyond what apex-ls knows of it. */
export function checkMetadata(project: Project): Finding[] {
  const lint = new MetadataLint(project);
  for (const file of project.files.filter((name) => name.endsWith('-meta.xml'))) lint.checkFile(file);
  lint.checkSidecars();
  return lint.findings;
}

class MetadataLint {
  readonly findings: Finding[] = [];
  private readonly project: Project;
  private readonly classNames: ReadonlySet<string>;
  /** `Object__c.Field__c` → whether it is required. */
  private readonly fields: ReadonlyMap<string, boolean>;
  /** Object and description → the field that has it. */
  private readonly descriptions = new Map<string, string>();

  constructor(project: Project) {
    this.project = project;
    this.classNames = new Set(apexFiles(project).map((file) => basename(file).replace(/\.\w+$/, '')));
    const fieldFiles = project.files.filter((file) => file.endsWith('.field-meta.xml'));
    this.fields = new Map(fieldFiles.map((file) => [`${objectOf(file)}.${basename(file, '.field-meta.xml')}`, isRequired(file)]));
  }

  checkFile(file: string): void {
    let root: Element;
    try {
      root = readXml(file);
    } catch (error) {
      this.report(file, undefined, error instanceof Error ? error.message : String(error));
      return;
    }
    const version = textOf(root, 'apiVersion');
    if (version !== undefined && version !== this.project.apiVersion) {
      this.report(file, root, `API version ${version}; this project is at ${this.project.apiVersion}`);
    }
    if (root.nodeName === 'CustomObject') this.require(file, root, ['description']);
    if (root.nodeName === 'CustomField') this.checkField(file, root);
    if (root.nodeName === 'PermissionSet') this.checkPermissionSet(file, root);
  }

  /** Every Apex source has its -meta.xml; the other way round nothing would be deployed. */
  checkSidecars(): void {
    const known = new Set(this.project.files);
    for (const file of apexFiles(this.project)) {
      if (!known.has(`${file}-meta.xml`)) this.report(file, undefined, `${basename(file)}-meta.xml is missing`);
    }
    for (const file of this.project.files.filter((name) => /\.(cls|trigger)-meta\.xml$/.test(name))) {
      if (!known.has(file.replace('-meta.xml', ''))) this.report(file, undefined, 'There is no source beside this file');
    }
  }

  private checkField(file: string, field: Element): void {
    this.require(file, field, ['label', 'type', 'description', 'inlineHelpText', 'securityClassification']);
    const description = textOf(field, 'description');
    const help = textOf(field, 'inlineHelpText');
    if (description !== undefined && description === help) this.report(file, field, 'description and inlineHelpText say the same');
    const key = `${objectOf(file)} ${description}`;
    const twin = this.descriptions.get(key);
    if (description !== undefined && twin) this.report(file, field, `has the description of ${twin}`);
    this.descriptions.set(key, basename(file, '.field-meta.xml'));
    const type = textOf(field, 'type') ?? '';
    if (TYPES_WITH_LENGTH.has(type) && !textOf(field, 'formula') && !textOf(field, 'length'))
      this.report(file, field, `${type} needs a length`);
  }

  private checkPermissionSet(file: string, set: Element): void {
    this.require(file, set, ['label', 'description']);
    if (children(set, 'license').length > 0) this.report(file, set, 'must not be bound to a licence');
    for (const access of children(set, 'classAccesses')) {
      const name = textOf(access, 'apexClass') ?? '';
      if (!this.classNames.has(name)) this.report(file, access, `grants the class ${name}, which does not exist`);
    }
    for (const permission of children(set, 'fieldPermissions')) this.checkFieldPermission(file, permission);
    for (const permission of children(set, 'objectPermissions')) {
      if (textOf(permission, 'object') !== EVIDENCE) continue;
      for (const right of ['allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords']) {
        if (textOf(permission, right) === 'true') this.report(file, permission, `grants ${right} on ${EVIDENCE}, whose rows are evidence`);
      }
    }
  }

  private checkFieldPermission(file: string, permission: Element): void {
    const name = textOf(permission, 'field') ?? '';
    const required = this.fields.get(name);
    if (name.endsWith('__c') && required === undefined) this.report(file, permission, `grants the field ${name}, which does not exist`);
    if (required) this.report(file, permission, `names the required field ${name}; the platform refuses that`);
    if (name.startsWith(`${EVIDENCE}.`) && textOf(permission, 'editable') === 'true') {
      this.report(file, permission, `grants edit on ${name}, which is evidence`);
    }
  }

  private require(file: string, element: Element, names: readonly string[]): void {
    for (const name of names) {
      if (textOf(element, name) === undefined) this.report(file, element, `${name} is missing`);
    }
  }

  private report(file: string, element: Element | undefined, message: string): void {
    this.findings.push({ check: 'metadata', file, line: element?.lineNumber ?? 0, message });
  }
}

function objectOf(fieldFile: string): string {
  return basename(dirname(dirname(fieldFile)));
}

/** Malformed files are reported by checkFile, once. */
function isRequired(file: string): boolean {
  try {
    const field = readXml(file);
    return textOf(field, 'required') === 'true' || textOf(field, 'type') === 'MasterDetail';
  } catch {
    return false;
  }
}
