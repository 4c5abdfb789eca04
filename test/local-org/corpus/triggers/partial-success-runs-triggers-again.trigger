trigger PartialSuccessRunsTriggersAgainTrigger on Account (before insert, after insert) {
    if (Trigger.isBefore) {
        PartialSuccessRunsTriggersAgain.sizes.add(Trigger.new.size());
    } else {
        for (Account record : Trigger.new) {
            if (record.Name == 'Bad') {
                record.addError('No');
            }
        }
    }
}
