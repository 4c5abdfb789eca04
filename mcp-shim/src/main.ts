#!/usr/bin/env node
import { runCli } from './cli/run-cli.ts';

const exitCode = await runCli(process.argv.slice(2), process.env);
// Idle connections to the org would keep the process for some seconds; everything has been written by now.
process.exit(exitCode);
