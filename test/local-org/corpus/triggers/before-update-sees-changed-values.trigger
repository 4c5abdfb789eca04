trigger BeforeUpdateSeesChangedValuesTrigger on Account (before update) {
    for (Account record : Trigger.new) {
        Account before = Trigger.oldMap.get(record.Id);
        record.Description = record.Industry + ' ' + before.NumberOfEmployees + ' to ' + record.NumberOfEmployees;
    }
}
