trigger DeleteCanBeRefusedTrigger on Account (before delete) {
    Trigger.old[0].addError('Keep it');
}
