// Entry of every npm script: checks the Node version in plain JavaScript that an old Node can still read, then loads the verb.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `This repository develops on Node 24, and this is Node ${process.versions.node}. ` +
      'Run it through npm (npm run <script>): the dev-dependency "node" brings Node 24. ' +
      'If npm run says this too, the install script of that package was blocked: run "npm rebuild node" and try again.',
  );
  process.exit(1);
}

const [verb, ...args] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...args);
await import(new URL(`./${verb}.ts`, import.meta.url).href);
