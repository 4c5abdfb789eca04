import {
  bool,
  datetime,
  double,
  idField,
  int,
  longText,
  picklist,
  reference,
  setupFields,
  text,
  type TableField,
} from '../../schema/standard/fields.ts';

/** An object of the Tooling API, with the fields that the sf CLI asks for. */
export interface ToolingTable {
  readonly name: string;
  readonly keyPrefix: string;
  readonly fields: readonly TableField[];
}

const code = (name: string, keyPrefix: string): ToolingTable => ({
  name,
  keyPrefix,
  fields: [
    ...setupFields(),
    text('Name', 255, { nameField: true }),
    text('NamespacePrefix', 15),
    double('ApiVersion', 18, 1),
    picklist('Status', ['Inactive', 'Active', 'Deleted']),
    longText('Body', 1_000_000),
    int('LengthWithoutComments', 9),
  ],
});

const lines = (): readonly TableField[] => [
  reference('ApexClassOrTriggerId', ['ApexClass', 'ApexTrigger']),
  int('NumLinesCovered', 9),
  int('NumLinesUncovered', 9),
  longText('Coverage', 1_000_000),
];

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/reference_objects_list.htm */
export const TOOLING_TABLES: readonly ToolingTable[] = [
  code('ApexClass', '01p'),
  code('ApexTrigger', '01q'),
  {
    name: 'ApexTestRunResult',
    keyPrefix: '05m',
    fields: [
      ...idField(),
      text('AsyncApexJobId', 18),
      text('UserId', 18),
      text('JobName', 255),
      bool('IsAllTests'),
      text('Source', 255),
      datetime('StartTime'),
      datetime('EndTime'),
      int('TestTime', 9),
      int('TestSetupTime', 9),
      picklist('Status', ['Queued', 'Processing', 'Aborted', 'Completed', 'Failed']),
      int('ClassesEnqueued', 9),
      int('ClassesCompleted', 9),
      int('MethodsEnqueued', 9),
      int('MethodsCompleted', 9),
      int('MethodsFailed', 9),
    ],
  },
  {
    name: 'ApexTestQueueItem',
    keyPrefix: '709',
    fields: [
      ...idField(),
      reference('ApexClassId', 'ApexClass'),
      picklist('Status', ['Holding', 'Queued', 'Preparing', 'Processing', 'Aborted', 'Completed', 'Failed']),
      text('ExtendedStatus', 1000),
      text('ParentJobId', 18),
      text('TestRunResultId', 18),
    ],
  },
  {
    name: 'ApexTestResult',
    keyPrefix: '07M',
    fields: [
      ...idField(),
      text('QueueItemId', 18),
      text('AsyncApexJobId', 18),
      text('ApexLogId', 18),
      text('ApexTestRunResultId', 18),
      reference('ApexClassId', 'ApexClass'),
      text('MethodName', 255),
      picklist('Outcome', ['Pass', 'Fail', 'CompileFail', 'Skip']),
      longText('Message', 32_000),
      longText('StackTrace', 32_000),
      int('RunTime', 9),
      datetime('TestTimestamp'),
      bool('IsTestSetup'),
    ],
  },
  {
    name: 'ApexCodeCoverage',
    keyPrefix: '714',
    fields: [...idField(), reference('ApexTestClassId', 'ApexClass'), text('TestMethodName', 255), ...lines()],
  },
  { name: 'ApexCodeCoverageAggregate', keyPrefix: '715', fields: [...idField(), ...lines()] },
  { name: 'ApexOrgWideCoverage', keyPrefix: '716', fields: [...idField(), int('PercentCovered', 9)] },
];
