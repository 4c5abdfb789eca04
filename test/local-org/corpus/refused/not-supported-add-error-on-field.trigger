trigger NotSupportedAddErrorOnFieldTrigger on Account (before insert) {
    Trigger.new[0].Name.addError('Choose another name'); // error: Not supported by the local org
}
