trigger TriggerOfWrongEventsTrigger on Account (before insert, before insert, before undelete) { // error: Duplicate Trigger Usage: before insert
    return 1; // error: Trigger bodies must not return a value
}
