trigger AddErrorRejectsTrigger on Account (before insert) {
    for (Account record : Trigger.new) {
        if (record.Name == 'Bad') {
            record.addError('No bad names');
        }
    }
}
