import type { Problem } from '../errors.ts';
import { validateBundle } from './lwc/validate-bundle.ts';
import type { ObjectPart, OtherComponent } from './package.ts';
import type { References } from './references.ts';
import { validateApp } from './validate-app.ts';
import { compactLayoutAssignment, validateCompactLayout } from './validate-compact-layout.ts';
import { validateLayout } from './validate-layout.ts';
import { validateLightningPage } from './validate-lightning-page.ts';
import { validateListView } from './validate-list-view.ts';
import { validateReport } from './validate-report.ts';
import { validateReportFolder } from './validate-report-folder.ts';
import { validateTab } from './validate-tab.ts';

/** What may be wrong with a component of each type beyond its elements: rules of the type, and references to what is nowhere. */
const VALIDATORS: Readonly<Record<string, (component: OtherComponent, references: References) => Problem[]>> = {
  CustomApplication: validateApp,
  CustomTab: validateTab,
  FlexiPage: validateLightningPage,
  Layout: validateLayout,
  LightningComponentBundle: validateBundle,
  Report: validateReport,
  ReportFolder: validateReportFolder,
};

const PART_VALIDATORS: Readonly<Record<string, (part: ObjectPart, references: References) => Problem[]>> = {
  CompactLayout: validateCompactLayout,
  ListView: validateListView,
};

/** Everything outside objects, permissions and Apex. Every type that is read has its validator. */
export function validateComponents(references: References): Problem[] {
  const { others, objects } = references.package;
  return [
    ...others.flatMap((component) => validatorOf(VALIDATORS, component.type)(component, references)),
    ...objects.flatMap(compactLayoutAssignment),
    ...objects.flatMap(({ parts }) => parts.flatMap((part) => validatorOf(PART_VALIDATORS, part.type)(part, references))),
  ];
}

function validatorOf<T>(validators: Readonly<Record<string, T>>, type: string): T {
  const validator = validators[type];
  if (validator === undefined) throw new Error(`components of type ${type} are read but not validated`);
  return validator;
}
