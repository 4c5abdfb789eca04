/** The API name of a field of the audit object: in a packaged install fields carry the object's namespace. */
export function auditField(auditObject: string, name: string): string {
  return `${auditObject.replace(/Cleanup_Audit__c$/i, '')}${name}`;
}
