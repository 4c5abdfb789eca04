trigger AddErrorOnFieldTrigger on Account (before insert) {
    Trigger.new[0].Name.addError('Choose another name');
}
