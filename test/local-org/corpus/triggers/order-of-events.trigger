trigger OrderOfEventsTrigger on Account (before insert, after insert, before delete, after delete) {
    String what;
    if (Trigger.isDelete) {
        what = Trigger.new == null ? 'old' : 'new';
    } else {
        what = Trigger.new[0].Id == null ? 'null' : 'id';
    }
    OrderOfEvents.trace.add(Trigger.operationType + ' ' + Trigger.size + ' ' + what);
}
