import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import { bundleTargets } from './lwc/bundle-targets.ts';
import type { OtherComponent } from './package.ts';
import { noSuch, type References } from './references.ts';
import { child, flagOf, textOf } from './xml-element.ts';

/** What a tab shows; exactly one of them. */
const CONTENTS = ['auraComponent', 'flexiPage', 'lwcComponent', 'page', 'scontrol', 'url'];
const REFUSED = ['actionOverrides', 'auraComponent', 'page', 'scontrol', 'splashPageLink', 'icon'];
const TAB_TARGET = 'lightning__Tab';

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_tab.htm */
export function validateTab({ name, element, at }: OtherComponent, references: References): Problem[] {
  const problems: Problem[] = element.children
    .filter((each) => REFUSED.includes(each.name))
    .map((each) => unsupported(`CustomTab.${each.name}`, each));
  const contents = element.children.filter((each) => CONTENTS.includes(each.name));
  const isObjectTab = flagOf(element, 'customObject');
  const [content] = contents;
  if (contents.length + (isObjectTab ? 1 : 0) !== 1) {
    problems.push({ message: 'A tab shows one thing: a custom object, a Lightning page, a component or a URL', location: at });
  }
  if (textOf(element, 'motif') === null) problems.push({ message: 'Required field is missing: motif', location: at });
  if (isObjectTab) {
    const object = references.object(name, at, `In field: name - no CustomObject named ${name} found`);
    problems.push(...object.problems);
    if (object.def && !object.def.name.endsWith('__c'))
      problems.push({ message: `${name} is no custom object: it has its tab already`, location: at });
    const label = child(element, 'label');
    if (label)
      problems.push({ message: 'Can not specify a label for the tab of a custom object: it is that of the object', location: label.at });
    return problems;
  }
  if (textOf(element, 'label') === null)
    problems.push({ message: 'Master label must be provided for non-custom object tabs', location: at });
  const shown = content?.text.trim() ?? '';
  if (content?.name === 'flexiPage') problems.push(...references.missing('flexiPage', 'FlexiPage', shown, content.at));
  if (content?.name === 'url' && !/^(?:https?:\/\/|\/)/.test(shown))
    problems.push({ message: `Invalid URL: ${shown}`, location: content.at });
  if (content?.name === 'lwcComponent') {
    const bundle = references.bundle(shown);
    if (!bundle) problems.push(noSuch('lwcComponent', 'LightningComponentBundle', shown, content.at));
    else if (!bundleTargets(bundle).has(TAB_TARGET)) {
      problems.push({
        message: `The component ${shown} can not be a tab: it is not exposed for the target ${TAB_TARGET}`,
        location: content.at,
      });
    }
  }
  return problems;
}
