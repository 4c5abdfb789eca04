trigger BeforeInsertChangesFieldsTrigger on Account (before insert) {
    for (Account record : Trigger.new) {
        record.Name = record.Name.toUpperCase();
        record.Description = 'set by trigger';
    }
}
