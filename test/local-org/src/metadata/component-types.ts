/** Suffix of a file, in source format before `-meta.xml`, and the metadata type that it must hold. */
export const COMPONENT_TYPES: Readonly<Record<string, string>> = {
  cls: 'ApexClass',
  customPermission: 'CustomPermission',
  field: 'CustomField',
  md: 'CustomMetadata',
  object: 'CustomObject',
  permissionset: 'PermissionSet',
  trigger: 'ApexTrigger',
  validationRule: 'ValidationRule',
};
