import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { PipelineError } from '../contracts/errors.ts';
import type { ObjectStorage, WriteResult } from './object-store.ts';

/** Text that is handed to the stream at a time: one write a line would cost more than the lines. */
const BUFFER_CHARACTERS = 64 * 1024;

/**
 * A JSON Lines object that is written a line at a time, only where no object is. Nothing is written to S3 unless there
 * is a line; memory holds a few parts of the upload, not the object.
 */
export class JsonLinesUpload {
  readonly key: string;
  lines = 0;
  readonly #store: ObjectStorage;
  #text = '';
  #stream: PassThrough | undefined;
  #result: Promise<WriteResult> | undefined;

  constructor(store: ObjectStorage, key: string) {
    this.#store = store;
    this.key = key;
  }

  /** Adds a line. Waits while the upload is behind; throws what the store throws once the upload has failed. */
  async write(value: unknown): Promise<void> {
    this.#text += `${JSON.stringify(value)}\n`;
    this.lines += 1;
    if (this.#text.length >= BUFFER_CHARACTERS) await this.#flush();
  }

  /**
   * Ends the object.
   *
   * @throws PipelineError `DataLakeUnavailable` when another writer was faster, and what the store throws
   */
  async end(): Promise<void> {
    if (this.#text.length > 0) await this.#flush();
    if (!this.#stream || !this.#result) return;
    this.#stream.end();
    const { written } = await this.#result;
    if (!written) throw new PipelineError('DataLakeUnavailable', 'Another attempt is writing the same object');
  }

  /** Gives the upload up; what was written so far is not kept. */
  abort(): void {
    this.#stream?.destroy(new Error('given up'));
  }

  async #flush(): Promise<void> {
    if (!this.#stream) {
      this.#stream = new PassThrough();
      const options = { contentType: 'application/x-ndjson' };
      this.#result = this.#store.uploadStream(this.key, this.#stream, { absent: true }, options);
      // Awaited at the end, or sooner when the stream is full.
      this.#result.catch(() => {});
    }
    const text = this.#text;
    this.#text = '';
    if (this.#stream.write(text)) return;
    // An upload that failed reads no further: waiting for it to drain alone would wait for ever.
    await Promise.race([once(this.#stream, 'drain'), this.#result]);
  }
}
