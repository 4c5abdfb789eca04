trigger AfterUpdateSeesOldTrigger on Account (after update) {
    Account record = Trigger.new[0];
    AfterUpdateSeesOld.trace.add(Trigger.oldMap.get(record.Id).Name + ' to ' + Trigger.newMap.get(record.Id).Name);
    AfterUpdateSeesOld.trace.add(Trigger.isAfter + ' ' + Trigger.isUpdate + ' ' + Trigger.size);
    try {
        record.Name = 'Again';
    } catch (Exception e) {
        AfterUpdateSeesOld.trace.add(e.getTypeName() + ': ' + e.getMessage());
    }
}
