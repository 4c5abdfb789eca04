// npm run org -- start | test | deploy: the local org on the command line.
import { once } from 'node:events';
import { runCli } from '../test/local-org/src/cli.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  ended: async () => {
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  },
  cwd: process.cwd(),
});
