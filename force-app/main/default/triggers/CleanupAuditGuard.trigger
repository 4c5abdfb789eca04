/** Refuses whatever is done to audit rows past AuditStore, for everybody. */
trigger CleanupAuditGuard on Cleanup_Audit__c(before insert, before update, before delete, after undelete) {
    AuditGuard.check(Trigger.operationType, Trigger.isDelete ? Trigger.old : Trigger.new);
}
