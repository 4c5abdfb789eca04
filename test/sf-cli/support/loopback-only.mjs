// Loaded into every CLI process before it starts (NODE_OPTIONS): a connection to anything but 127.0.0.1 fails, and is noted in
// the file that SF_SUITE_ESCAPES names, because a client may swallow the failure.
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const connect = net.Socket.prototype.connect;

/** `connect(options)`, `connect(port, host)`, or, from inside Node, `connect([options, callback])`. */
function targetOf([first, second]) {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options !== 'object' || options === null) return typeof second === 'string' ? second : 'localhost';
  return options.path ?? options.host ?? 'localhost';
}

net.Socket.prototype.connect = function (...args) {
  const target = targetOf(args);
  if (target === '127.0.0.1') return connect.apply(this, args);
  appendFileSync(process.env.SF_SUITE_ESCAPES, `${target} ${process.argv.slice(2).join(' ')}\n`);
  throw new Error(`The CLI suite allows connections to 127.0.0.1 only, and this is one to ${target}`);
};
