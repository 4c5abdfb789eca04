trigger TriggerRunsInUserModeTrigger on Account(before insert) {
    TriggerRunsInUserMode.seen.add(
        [SELECT COUNT() FROM Account] + ' as user, ' + [SELECT COUNT() FROM Account WITH SYSTEM_MODE] + ' in system mode'
    );
    try {
        insert new Lead(LastName = 'Lee', Company = 'Acme');
    } catch (SecurityException e) {
        TriggerRunsInUserMode.seen.add(e.getMessage());
    }
}
