trigger TriggerRefusesDeleteAndUndeleteTrigger on Account(before delete, after undelete) {
    if (TriggerRefusesDeleteAndUndelete.refuse == Trigger.operationType.name()) {
        for (Account record : Trigger.isDelete ? Trigger.old : Trigger.new) {
            record.addError('no ' + Trigger.operationType);
        }
    }
}
