import type { Problem } from '../../errors.ts';
import { unsupported } from '../check-elements.ts';
import type { OtherComponent } from '../package.ts';
import type { References } from '../references.ts';
import { child, childrenNamed, flagOf, numberOf, type XmlElement } from '../xml-element.ts';
import { bundleTargets } from './bundle-targets.ts';
import { parseModule } from './parse-module.ts';
import { parseTemplate } from './parse-template.ts';
import { BASE_COMPONENTS, TARGETS } from './platform-modules.ts';
import { importProblems } from './validate-imports.ts';

const REFUSED = ['ai', 'capabilities', 'isExplicitImport', 'lwcResources', 'runtimeNamespace'];
const NAME = /^[a-z](?:[A-Za-z0-9]|_(?![_]|$))*$/;
/** The newest that the local org knows. */
const NEWEST_VERSION = 68;

/**
 * A component bundle: its names, its configuration, its JavaScript and templates, and everything that those refer to.
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/create-components-folder.html
 * @see https://developer.salesforce.com/docs/platform/lwc/guide/reference-configuration-tags.html
 */
export function validateBundle(bundle: OtherComponent, references: References): Problem[] {
  const { name, element, at, resources } = bundle;
  const problems: Problem[] = element.children
    .filter((each) => REFUSED.includes(each.name))
    .map((each) => unsupported(`LightningComponentBundle.${each.name}`, each));
  if (!NAME.test(name)) {
    problems.push({
      message: `Invalid component name ${name}: it begins with a lower-case letter and has letters, digits and single underscores`,
      location: at,
    });
  }
  const script = resources.find((each) => each.name === `${name}.js`);
  const template = resources.find((each) => each.name === `${name}.html`);
  const isStyleOnly = !script && resources.some((each) => each.name === `${name}.css`);
  if (!script && !isStyleOnly)
    problems.push({ message: `Cannot find Lightning Component Bundle ${name}: it has no file ${name}.js`, location: at });
  problems.push(...configurationProblems(bundle));
  for (const file of resources) {
    if (file.name.endsWith('.js')) {
      const module = parseModule(file);
      problems.push(...module.problems, ...module.imports.flatMap((each) => importProblems(each, { bundle, file, references })));
      const mustBeComponent = file === script && (template !== undefined || bundleTargets(bundle).size > 0);
      if (mustBeComponent && module.problems.length === 0 && module.defaultExport !== 'component') {
        const message = `Missing default export: ${file.name} must export a class that extends LightningElement`;
        problems.push({ message, location: { file: file.file, line: 1, column: 1 } });
      }
    } else if (file.name.endsWith('.html')) {
      const { tags, problems: found } = parseTemplate(file);
      problems.push(...found);
      for (const tag of tags) problems.push(...tagProblems(tag.name, references).map((message) => ({ message, location: tag.at })));
    }
  }
  return problems;
}

/** `c-audit-table` is the component auditTable; an upper-case letter follows each hyphen. */
function tagProblems(tag: string, references: References): string[] {
  const [namespace = '', ...words] = tag.split('-');
  const module = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  if (namespace === 'c') return references.bundle(module) ? [] : [`No MODULE named markup://c:${module} found`];
  if (namespace === 'lightning') return BASE_COMPONENTS.has(module) ? [] : [`Not supported by the local org: base component ${tag}`];
  return tag === 'lwc-component' || namespace === 'lwc' ? [] : [`No MODULE named markup://${namespace}:${module} found`];
}

function configurationProblems(bundle: OtherComponent): Problem[] {
  const { element } = bundle;
  const problems: Problem[] = [];
  const version = child(element, 'apiVersion');
  const number = numberOf(element, 'apiVersion');
  if (version && number !== null && (!Number.isInteger(number) || number < 45 || number > NEWEST_VERSION)) {
    problems.push({ message: `Invalid apiVersion ${version.text.trim()} of a component`, location: version.at });
  }
  const targets = child(element, 'targets');
  const named = targets ? childrenNamed(targets, 'target') : [];
  const targetNames = new Set(named.map(({ text }) => text.trim()));
  for (const { text, at } of named)
    if (!TARGETS.has(text.trim())) problems.push({ message: `Invalid target ${text.trim()}`, location: at });
  if (flagOf(element, 'isExposed') && targets && named.length === 0)
    problems.push({ message: 'The element targets holds at least one target', location: targets.at });
  for (const configs of childrenNamed(element, 'targetConfigs')) {
    for (const config of configs.children) problems.push(...targetConfigProblems(config, targetNames));
  }
  return problems;
}

const PROPERTY_TYPES = new Set(['Boolean', 'Color', 'Integer', 'String', 'ContentReference']);
const PROPERTY_ATTRIBUTES = new Set([
  'name',
  'type',
  'label',
  'description',
  'default',
  'required',
  'min',
  'max',
  'datasource',
  'placeholder',
  'role',
  'exposedTo',
  'filter',
  'translatable',
]);
const CONFIG_ELEMENTS = new Set(['property', 'objects', 'supportedFormFactors', 'hasStep', 'event', 'propertyType', 'actionType']);

function targetConfigProblems(config: XmlElement, targets: ReadonlySet<string>): Problem[] {
  if (config.name !== 'targetConfig') return [{ message: `Invalid element ${config.name} in targetConfigs`, location: config.at }];
  const problems: Problem[] = [];
  const own = (config.attributes['targets'] ?? '').split(',').map((each) => each.trim());
  for (const target of own) {
    if (!targets.has(target))
      problems.push({
        message: `The targetConfig is for the target ${target || '(none)'}, which is not among the targets`,
        location: config.at,
      });
  }
  for (const each of config.children) {
    if (!CONFIG_ELEMENTS.has(each.name)) problems.push({ message: `Invalid element ${each.name} in targetConfig`, location: each.at });
    if (each.name !== 'property') continue;
    const type = each.attributes['type'] ?? '';
    if ((each.attributes['name'] ?? '') === '') problems.push({ message: 'A property needs a name', location: each.at });
    if (!PROPERTY_TYPES.has(type) && !type.startsWith('apex://') && !type.startsWith('@salesforce/schema/'))
      problems.push({ message: `Invalid type ${type || '(none)'} of the property`, location: each.at });
    for (const attribute of Object.keys(each.attributes)) {
      if (!PROPERTY_ATTRIBUTES.has(attribute))
        problems.push({ message: `Invalid attribute ${attribute} of the property`, location: each.at });
    }
  }
  return problems;
}
