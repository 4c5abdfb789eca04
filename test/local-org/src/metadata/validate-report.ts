import type { Problem } from '../errors.ts';
import { isCustomMetadata } from '../schema/custom-metadata.ts';
import type { ObjectDef } from '../schema/types.ts';
import { unsupported } from './check-elements.ts';
import { filterLogicProblems } from './filter-logic.ts';
import type { OtherComponent } from './package.ts';
import type { References } from './references.ts';
import { REPORT_COLUMNS } from './standard-columns.ts';
import { child, childrenNamed, flagOf, textOf, type XmlElement } from './xml-element.ts';

const MAX_NAME = 40;
const MAX_DESCRIPTION = 255;
/** Folders that every org has. */
const STANDARD_FOLDERS = new Set(['unfiled$public']);
const REFUSED = [
  'aggregateFilters',
  'aggregates',
  'block',
  'blockInfo',
  'currency',
  'division',
  'hierarchyScopeBindings',
  'reportTypeApiName',
  'roleHierarchyFilter',
  'territoryHierarchyFilter',
  'userFilter',
];

/**
 * A report on one custom object: what a report type does not have is no column, filter, grouping or sort of it.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_report.htm
 */
export function validateReport({ name, element, at }: OtherComponent, references: References): Problem[] {
  const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
  const typeElement = child(element, 'reportType') ?? element;
  const reportType = typeElement.text.trim();
  const problems: Problem[] = element.children
    .filter((each) => REFUSED.includes(each.name))
    .map((each) => unsupported(`Report.${each.name}`, each));
  if (folder === '') problems.push({ message: 'A report lies in a folder below reports', location: at });
  else if (!STANDARD_FOLDERS.has(folder) && !references.has('ReportFolder', folder))
    problems.push({ message: `Cannot find folder:${folder}`, location: at });
  for (const [part, most] of [
    ['name', MAX_NAME],
    ['description', MAX_DESCRIPTION],
  ] as const) {
    const written = child(element, part);
    if (written && written.text.trim().length > most)
      problems.push({ message: `The ${part} of a report has at most ${most} characters`, location: written.at });
  }
  const objectName = /^CustomEntity\$(\w+)$/.exec(reportType)?.[1];
  if (objectName === undefined) return [...problems, unsupported(`report type ${reportType}`, typeElement)];
  const object = references.object(objectName, typeElement.at, `Invalid report type: ${reportType}`);
  if (object.def === null) return [...problems, ...object.problems];
  if (!object.def.name.endsWith('__c') || isCustomMetadata(object.def) || !hasReports(object.def, references)) {
    return [...problems, { message: `Invalid report type: ${reportType}`, location: typeElement.at }];
  }
  const { def } = object;
  return [
    ...problems,
    ...columnsOf(element).flatMap((each) => columnProblems(each, def, reportType, references)),
    ...shapeProblems(element),
  ];
}

/** The report type is there while the object allows reports. */
function hasReports(object: ObjectDef, references: References): boolean {
  const declared = references.package.objects.find(({ name }) => name.toLowerCase() === object.name.toLowerCase())?.declared;
  return declared != null && flagOf(declared.element, 'enableReports');
}

/** Every place that names a column of the report type. */
function columnsOf(report: XmlElement): XmlElement[] {
  const named = (parents: readonly XmlElement[], name: string): XmlElement[] => parents.flatMap((parent) => childrenNamed(parent, name));
  const filter = childrenNamed(report, 'filter');
  const chart = childrenNamed(report, 'chart');
  return [
    ...named(childrenNamed(report, 'columns'), 'field'),
    ...named(named(filter, 'criteriaItems'), 'column'),
    ...named([...childrenNamed(report, 'groupingsDown'), ...childrenNamed(report, 'groupingsAcross')], 'field'),
    ...named(childrenNamed(report, 'timeFrameFilter'), 'dateColumn'),
    ...childrenNamed(report, 'sortColumn'),
    ...[...named(chart, 'groupingColumn'), ...named(chart, 'secondaryGroupingColumn'), ...named(named(chart, 'chartSummaries'), 'column')],
  ];
}

function columnProblems(element: XmlElement, object: ObjectDef, reportType: string, references: References): readonly Problem[] {
  const column = element.text.trim();
  if (column === 'RowCount' || REPORT_COLUMNS.has(column)) return [];
  const message = `Invalid ${element.name}: the report type ${reportType} has no column ${column}`;
  const [owner = '', field, ...deeper] = column.split('.');
  if (deeper.length > 0) return [unsupported(`report column ${column}`, element)];
  if (field === undefined || owner.toLowerCase() !== object.name.toLowerCase()) return [{ message, location: element.at }];
  if (!field.endsWith('__c')) return [{ message, location: element.at }];
  return references.field(object, field, element.at, message).problems;
}

/** What formats, groupings, columns and charts have to do with one another. */
function shapeProblems(report: XmlElement): Problem[] {
  const problems: Problem[] = [];
  const format = textOf(report, 'format') ?? '';
  const down = childrenNamed(report, 'groupingsDown');
  const across = childrenNamed(report, 'groupingsAcross');
  const refuse = (message: string, { at: location }: XmlElement): void => void problems.push({ message, location });
  const formatElement = child(report, 'format') ?? report;
  if (format === 'MultiBlock') problems.push(unsupported('joined reports', formatElement));
  const [firstDown] = down;
  const [firstAcross] = across;
  if (format === 'Tabular' && firstDown) refuse('A tabular report has no groupings', firstDown);
  if (format !== 'Matrix' && firstAcross) refuse('Only a matrix report has groupings across', firstAcross);
  if (format === 'Matrix' && !(firstDown && firstAcross)) refuse('A matrix report has groupings down and across', formatElement);
  if (format === 'Summary' && !firstDown) refuse('A summary report has groupings', formatElement);
  const fieldOf = (element: XmlElement): string => (textOf(element, 'field') ?? '').toLowerCase();
  const grouped = new Set([...down, ...across].map(fieldOf));
  const seen = new Set<string>();
  for (const column of childrenNamed(report, 'columns')) {
    const field = fieldOf(column);
    const name = textOf(column, 'field') ?? '';
    if (grouped.has(field)) refuse(`The report is grouped by ${name}, which can not be a column too`, column);
    if (seen.has(field)) refuse(`The report has the column ${name} twice`, column);
    seen.add(field);
  }
  const chart = child(report, 'chart');
  const charted = chart && child(chart, 'groupingColumn');
  if (charted && !grouped.has(charted.text.trim().toLowerCase())) refuse(`The report is not grouped by ${charted.text.trim()}`, charted);
  const filter = child(report, 'filter');
  const logic = filter && child(filter, 'booleanFilter');
  if (filter && logic) problems.push(...filterLogicProblems(logic, childrenNamed(filter, 'criteriaItems').length));
  return problems;
}
