import type { Problem } from '../errors.ts';
import type { ObjectDef } from '../schema/types.ts';
import { unsupported } from './check-elements.ts';
import { filterLogicProblems } from './filter-logic.ts';
import { bundleProperties, bundleTargets } from './lwc/bundle-targets.ts';
import type { OtherComponent } from './package.ts';
import type { References } from './references.ts';
import { child, childrenNamed, textOf, type XmlElement } from './xml-element.ts';

/** Page types that the local org takes, and the target for which a component must be exposed to stand on one. */
const TARGETS: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
  UtilityBar: 'lightning__UtilityBar',
};

/** Lightning's own components; others are refused by name. */
const STANDARD_COMPONENTS = new Set([
  'flexipage:column',
  'flexipage:field',
  'flexipage:fieldSection',
  'flexipage:filterListCard',
  'flexipage:reportChart',
  'flexipage:richText',
  'flexipage:tab',
  'flexipage:tabset',
  'force:detailPanel',
  'force:highlightsPanel',
  'force:recordDetailPanelMobile',
  'force:relatedListContainer',
  'force:relatedListSingleContainer',
  'forceChatter:recordFeedContainer',
  'home:recentRecordContainer',
  'runtime_sales_activities:activityPanel',
]);

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm */
export function validateLightningPage({ element, at }: OtherComponent, references: References): Problem[] {
  const typeElement = child(element, 'type');
  const type = typeElement?.text.trim() ?? '';
  const target = TARGETS[type];
  if (target === undefined) return [unsupported(`Lightning page of type ${type}`, typeElement ?? element)];
  const refused = ['parentFlexiPage', 'platformActionlist', 'quickActionList'].flatMap((each) => childrenNamed(element, each));
  const problems: Problem[] = refused.map((each) => unsupported(`FlexiPage.${each.name}`, each));
  const { object, found } = objectOf(element, type, references);
  problems.push(...found);
  const regions = childrenNamed(element, 'flexiPageRegions');
  if (regions.length === 0) problems.push({ message: 'A Lightning page has at least one region', location: at });
  const names = new Set<string>();
  for (const region of regions) {
    const name = textOf(region, 'name') ?? '';
    if (names.has(name)) problems.push({ message: `The Lightning page has the region ${name} twice`, location: region.at });
    names.add(name);
  }
  const page: Page = { type, target, object, facets: names, references };
  return [...problems, ...regions.flatMap((region) => childrenNamed(region, 'itemInstances')).flatMap((item) => itemProblems(item, page))];
}

interface Page {
  readonly type: string;
  readonly target: string;
  readonly object: ObjectDef | null;
  readonly facets: ReadonlySet<string>;
  readonly references: References;
}

function objectOf(element: XmlElement, type: string, references: References): { object: ObjectDef | null; found: readonly Problem[] } {
  const named = child(element, 'sobjectType');
  if (!named) {
    const found = type === 'RecordPage' ? [{ message: 'Required field is missing: sobjectType', location: element.at }] : [];
    return { object: null, found };
  }
  if (type !== 'RecordPage') return { object: null, found: [{ message: `A page of type ${type} has no sobjectType`, location: named.at }] };
  const name = named.text.trim();
  const { def, problems } = references.object(name, named.at, `In field: sobjectType - no CustomObject named ${name} found`);
  return { object: def, found: problems };
}

function itemProblems(item: XmlElement, page: Page): readonly Problem[] {
  const component = child(item, 'componentInstance');
  const field = child(item, 'fieldInstance');
  const only = component ?? field;
  if (!only || (component && field)) return [{ message: 'An item of a Lightning page is one component or one field', location: item.at }];
  return [...visibilityProblems(only, page), ...(component ? componentProblems(component, page) : fieldProblems(only, page))];
}

/** `Record.Failed__c` */
function fieldProblems(field: XmlElement, page: Page): readonly Problem[] {
  const item = child(field, 'fieldItem');
  return recordField(item?.text.trim() ?? '', item ?? field, page);
}

function recordField(path: string, at: XmlElement, { object, references, type }: Page): readonly Problem[] {
  const name = /^Record\.(\w+)$/.exec(path)?.[1];
  if (name === undefined) return [unsupported(`${path} on a Lightning page`, at)];
  if (type !== 'RecordPage')
    return [{ message: `A page of type ${type} has no record whose field ${name} it could show`, location: at.at }];
  if (object === null) return [];
  return references.field(object, name, at.at, `We couldn't retrieve or load the information on the field: ${path}.`).problems;
}

function visibilityProblems(item: XmlElement, page: Page): readonly Problem[] {
  const rule = child(item, 'visibilityRule');
  if (!rule) return [];
  const criteria = childrenNamed(rule, 'criteria');
  const logic = child(rule, 'booleanFilter');
  const problems = criteria.flatMap((each) => {
    const left = child(each, 'leftValue');
    const path = /^\{!(.+)\}$/.exec(left?.text.trim() ?? '')?.[1];
    return path === undefined
      ? [unsupported(`visibility by ${left?.text.trim() ?? ''}`, left ?? each)]
      : recordField(path, left ?? each, page);
  });
  return [...problems, ...(logic ? filterLogicProblems(logic, criteria.length) : [])];
}

function componentProblems(component: XmlElement, page: Page): readonly Problem[] {
  const named = child(component, 'componentName') ?? component;
  const name = named.text.trim();
  const properties = childrenNamed(component, 'componentInstanceProperties');
  if (name.includes(':') && !name.startsWith('c:')) {
    if (!STANDARD_COMPONENTS.has(name)) return [unsupported(`component ${name} on a Lightning page`, named)];
    return properties.flatMap((property) => standardProperty(property, name, page));
  }
  const bare = name.replace(/^c:/, '');
  const bundle = page.references.bundle(bare);
  if (!bundle)
    return [{ message: `We couldn't retrieve the design time component information for component ${name}.`, location: named.at }];
  if (!bundleTargets(bundle).has(page.target)) {
    return [
      {
        message: `The component ${name} can not stand on a page of type ${page.type}: it is not exposed for the target ${page.target}`,
        location: named.at,
      },
    ];
  }
  const known = bundleProperties(bundle, page.target);
  return properties
    .filter((property) => !known.has(textOf(property, 'name') ?? ''))
    .map((property) => ({
      message: `The component ${name} has no property ${textOf(property, 'name') ?? ''} on a page of type ${page.type}`,
      location: property.at,
    }));
}

/** Properties of Lightning's own components that name something: a region of the page, a report. */
function standardProperty(property: XmlElement, component: string, { facets, references }: Page): readonly Problem[] {
  const value = child(property, 'value');
  const text = value?.text.trim() ?? '';
  const name = textOf(property, 'name');
  const location = value?.at ?? property.at;
  const namesFacet = (name === 'columns' || name === 'body' || name === 'tabs') && /^(?:flexipage:|force:)/.test(component);
  if (namesFacet && !facets.has(text)) return [{ message: `The Lightning page has no region ${text}`, location }];
  if (component === 'flexipage:reportChart' && name === 'reportName') {
    const exists = references.package.others.some((other) => other.type === 'Report' && other.name.split('/').at(-1) === text);
    return exists ? [] : [{ message: `In field: reportName - no Report named ${text} found`, location }];
  }
  return [];
}
