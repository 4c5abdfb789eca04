trigger TriggersShareStaticsTrigger on Account (before insert) {
    TriggersShareStatics.seen++;
}
