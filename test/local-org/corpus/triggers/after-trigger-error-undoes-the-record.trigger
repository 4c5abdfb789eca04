trigger AfterTriggerErrorUndoesTheRecordTrigger on Account (after insert) {
    insert new Contact(LastName = 'Gray', AccountId = Trigger.new[0].Id);
    Trigger.new[0].addError('Too late');
}
