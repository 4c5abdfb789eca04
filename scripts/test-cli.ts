// npm run test:cli: the unmodified sf CLI against the local org; closes with "N passed, M failed". Arguments go to vitest.
import { runVitest } from './run-vitest.ts';

process.exitCode = runVitest(['--project=cli', ...process.argv.slice(2)], 'verbose');
