// A local org in a process of its own, with force-app and the demo company: what a set-up org is for the sf CLI. Its first line says where it
// is and how the administrator gets in; it ends with its standard input.
import { once } from 'node:events';
import { join } from 'node:path';
import { startLocalOrg } from '../../local-org/src/org.ts';
import { letWrite } from './let-write.ts';

const root = join(import.meta.dirname, '../../..');
const started = await startLocalOrg({
  root,
  dataset: 'demo',
  packageDirectories: ['force-app/main', 'force-app/crm-access'].map((path) => join(root, path)),
  log: (message) => void process.stderr.write(`${message}\n`),
});
letWrite(started.org);
const administrator = started.tokens.find(({ username }) => username === 'sam.okafor@larkfield.example');
process.stdout.write(`${JSON.stringify({ url: started.url, token: administrator?.token })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await started.close();
