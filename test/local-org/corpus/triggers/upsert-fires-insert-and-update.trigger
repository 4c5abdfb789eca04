trigger UpsertFiresInsertAndUpdateTrigger on Account (before insert, after insert, before update, after update) {
    for (Account record : Trigger.new) {
        UpsertFiresInsertAndUpdate.seen.add(Trigger.operationType + ' ' + record.Name);
    }
}
