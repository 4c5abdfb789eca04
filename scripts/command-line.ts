import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/**
 * The options that a verb was called with. `--help` prints its help and ends the process; what the verb does not know ends it
 * with exit code 2, before anything is done.
 * @param help first line: the command, such as `npm run demo [-- options]`
 */
export function commandLine<const T extends ParseArgsOptionsConfig>(help: string, options: T) {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const command = /^npm run \S+/.exec(help)?.[0] ?? '';
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nSee ${command} -- --help\n`);
    process.exit(2);
  }
}
