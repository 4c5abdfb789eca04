/**
 * An exception that left a trigger. It fails every record of the batch that the trigger ran for, and nothing else of a
 * statement that allows partial success. The message is the platform's: `AccountTrigger: execution of BeforeInsert`, the
 * cause and where it happened.
 */
export class TriggerFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TriggerFailure';
  }
}
