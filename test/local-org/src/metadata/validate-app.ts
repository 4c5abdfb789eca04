import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import type { OtherComponent } from './package.ts';
import { noSuch, type References } from './references.ts';
import { tabProblems } from './tab-names.ts';
import { child, childrenNamed, textOf, type XmlElement } from './xml-element.ts';

const REFUSED = ['consoleConfig', 'profileActionOverrides', 'subscriberTabs', 'uiBundle', 'workspaceConfig', 'preferences'];

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_customapplication.htm */
export function validateApp({ element, at }: OtherComponent, references: References): Problem[] {
  const tabs = childrenNamed(element, 'tabs');
  const landing = child(element, 'defaultLandingTab');
  const utilityBar = child(element, 'utilityBar');
  const logo = child(element, 'logo');
  return [
    ...element.children.filter(({ name }) => REFUSED.includes(name)).map((each) => unsupported(`CustomApplication.${each.name}`, each)),
    ...(textOf(element, 'label') === null ? [{ message: 'Required field is missing: label', location: at }] : []),
    ...(logo ? [unsupported('CustomApplication.logo', logo)] : []),
    ...tabs.flatMap((tab) => tabProblems('tab', tab.text.trim(), tab.at, references)),
    ...twice(tabs),
    ...(landing ? tabProblems('defaultLandingTab', landing.text.trim(), landing.at, references) : []),
    ...(utilityBar ? references.missing('utilityBar', 'FlexiPage', utilityBar.text.trim(), utilityBar.at) : []),
    ...childrenNamed(element, 'actionOverrides').flatMap((override) => overrideProblems(override, references)),
  ];
}

function twice(tabs: readonly XmlElement[]): Problem[] {
  const seen = new Set<string>();
  return tabs.flatMap(({ text, at }) => {
    const key = text.trim().toLowerCase();
    if (seen.has(key)) return [{ message: `Duplicate tab ${text.trim()}`, location: at }];
    seen.add(key);
    return [];
  });
}

/** An app may show Lightning pages of its own for records of an object. */
function overrideProblems(override: XmlElement, references: References): Problem[] {
  const type = textOf(override, 'type');
  if (type === 'Default') return [];
  if (type !== 'Flexipage') return [unsupported(`action override of type ${type ?? '(none)'}`, override)];
  const content = child(override, 'content');
  const page = content?.text.trim() ?? '';
  const action = textOf(override, 'actionName') ?? '';
  const target = child(override, 'pageOrSobjectType');
  const object = target?.text.trim() ?? '';
  const problems = object.startsWith('standard-') ? [] : [...references.object(object, target?.at ?? override.at).problems];
  if (!references.has('FlexiPage', page)) {
    const location = content?.at ?? override.at;
    problems.push(
      page === ''
        ? noSuch('content', 'FlexiPage', page, location)
        : { message: `${page} does not exist or is not a valid override for action ${action}.`, location },
    );
  }
  return problems;
}
