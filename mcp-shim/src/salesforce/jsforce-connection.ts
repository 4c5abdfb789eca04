// A module of its own, to be loaded on demand: a split bundle hands out a CommonJS module that is imported so without its named exports.
export { Connection } from 'jsforce/lib/connection.js';
