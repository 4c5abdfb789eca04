trigger TriggersOnEveryEventTrigger on Account(
    before insert,
    after insert,
    before update,
    after update,
    before delete,
    after delete,
    after undelete
) {
    String event =
        Trigger.operationType +
        ' ' +
        (Trigger.new == null ? null : 'new') +
        ' ' +
        (Trigger.old == null ? null : 'old');
    if (Trigger.isUndelete) {
        event += ' undelete ' + Trigger.new[0].Name;
    }
    TriggersOnEveryEvent.events.add(event);
}
