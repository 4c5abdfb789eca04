trigger ExceptionInTriggerFailsDmlTrigger on Account (before insert) {
    String nothing;
    if (nothing.length() > 1) {
        Trigger.new[0].Name = 'x';
    }
}
