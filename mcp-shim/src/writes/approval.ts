/** What a person said to a change line. `no_answer`: nobody answered in time, or the client could not ask after all. */
export type Approval = 'approved' | 'declined' | 'dismissed' | 'no_answer';

/** Asks the person at the client, in the middle of a call. Rejects when the call is gone. */
export type AskPerson = (question: string) => Promise<Approval>;
