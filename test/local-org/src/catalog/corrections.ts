/**
 * What the jars that the catalogue is generated from lack or have otherwise than the Apex Reference Guide: types to add.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_classes_DataWeave_Script.htm
 */
export const ADDED_TYPES: Readonly<Record<string, unknown>> = {
  DataWeaveScriptException: {
    kind: 'class',
    extends: 'Exception',
    constructors: ['()', '(Exception)', '(String)', '(String,Exception)'],
  },
};

/**
 * Methods, by their type and as the catalogue has them.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_methods_system_test.htm
 */
export const CORRECTED_METHODS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Test: { 'static setFixedSearchResults(List<String>):void': 'static setFixedSearchResults(List<Id>):void' },
};
