/** Types of components that are parts of an object, and the element in which the object's file has them in metadata format. */
export const OBJECT_PARTS: Readonly<Record<string, string>> = {
  CompactLayout: 'compactLayouts',
  CustomField: 'fields',
  ListView: 'listViews',
  ValidationRule: 'validationRules',
};

export function isPartOfObject(type: string): boolean {
  return type in OBJECT_PARTS;
}
