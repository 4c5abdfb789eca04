import type { Readable, Writable } from 'node:stream';
import { earlyAnswer } from './early-answer.ts';
import type { EarlyAnswer } from './early-answer.ts';

/** Hosts write `initialize` while Node starts. One that comes later meets a server that is loaded. */
const patienceMs = 5;

/**
 * Answers `initialize` before the server is loaded, which takes longer than everything else that a start needs. The request stays in the
 * input, so that the server initializes by it.
 * @returns what was answered; undefined if the server is to answer
 */
export async function answerEarly(input: Readable, output: Writable, env: NodeJS.ProcessEnv): Promise<EarlyAnswer | undefined> {
  // An input that breaks is the server's to notice, even while it is loaded.
  input.on('error', () => undefined);
  const answer = earlyAnswer(await peek(input), env);
  if (!answer) return undefined;
  // A client that is gone already is the server's to notice, by its own answer.
  output.once('error', () => undefined);
  const failed = await new Promise<unknown>((resolve) => output.write(`${JSON.stringify(answer)}\n`, resolve));
  return failed ? undefined : answer;
}

/** What has arrived so far, left where it is; nothing is taken from a closed or a silent input. */
function peek(input: Readable): Promise<string> {
  return new Promise((resolve) => {
    const look = (): void => {
      clearTimeout(patience);
      clearImmediate(lastLook);
      input.off('readable', look);
      const chunk = input.read() as Buffer | null;
      // At once: once the end has been told, nothing may be put back.
      if (chunk !== null) input.unshift(chunk);
      resolve(chunk?.toString('utf8') ?? '');
    };
    let lastLook: NodeJS.Immediate | undefined;
    // Timers may run before what has arrived is read; immediates run after that.
    const patience = setTimeout(() => (lastLook = setImmediate(look)), patienceMs);
    input.once('readable', look);
  });
}
