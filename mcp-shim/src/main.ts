#!/usr/bin/env node
import { answerEarly } from './handshake/answer-early.ts';

const argv = process.argv.slice(2);
const serves = argv.length === 0 || (argv.length === 1 && argv[0] === 'serve');
const answered = serves ? await answerEarly(process.stdin, process.stdout, process.env) : undefined;
// Loaded afterwards, and on demand: this is most of what a start takes.
const { runCli } = await import('./cli/run-cli.ts');
const exitCode = await runCli(argv, process.env, answered);
// Idle connections to the org would keep the process for some seconds; everything has been written by now.
process.exit(exitCode);
