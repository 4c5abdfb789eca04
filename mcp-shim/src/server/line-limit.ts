import { Transform } from 'node:stream';
import type { TransformCallback } from 'node:stream';

const lineFeed = 0x0a;

/**
 * Passes whole lines, and drops those that are longer than the limit: the SDK's transport ends the connection at the first one.
 * Whoever sent it is told by the log alone, since nobody has read its id.
 */
export class LineLimit extends Transform {
  readonly #maxBytes: number;
  readonly #onDropped: (bytes: number) => void;
  #parts: Buffer[] = [];
  /** Of the line so far, whether it is kept or not. */
  #bytes = 0;

  constructor({ maxBytes, onDropped }: { maxBytes: number; onDropped: (bytes: number) => void }) {
    // In object mode, so that lines are not put together again.
    super({ readableObjectMode: true });
    this.#maxBytes = maxBytes;
    this.#onDropped = onDropped;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.#take(chunk.subarray(start, end + 1));
      this.#endLine();
      start = end + 1;
    }
    this.#take(chunk.subarray(start));
    done();
  }

  #take(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #endLine(): void {
    if (this.#bytes > this.#maxBytes) this.#onDropped(this.#bytes);
    else this.push(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#bytes = 0;
  }
}
