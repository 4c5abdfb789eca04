trigger RulesSeeWhatBeforeTriggersSetTrigger on Account (before insert, after insert) {
    RulesSeeWhatBeforeTriggersSet.TRACE.add(Trigger.isBefore ? 'before' : 'after');
    if (Trigger.isBefore) {
        Trigger.new[0].NumberOfEmployees = 0;
    }
}
