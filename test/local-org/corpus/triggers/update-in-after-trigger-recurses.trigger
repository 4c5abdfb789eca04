trigger UpdateInAfterTriggerRecursesTrigger on Account (after insert, after update) {
    UpdateInAfterTriggerRecurses.runs++;
    if (!UpdateInAfterTriggerRecurses.done) {
        UpdateInAfterTriggerRecurses.done = true;
        update new Account(Id = Trigger.new[0].Id, Name = Trigger.new[0].Name + '!');
    }
}
