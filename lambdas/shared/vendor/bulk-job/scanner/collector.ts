/** One artifact's JSON as it came; only its beginning when it is larger than an artifact may be. */
export interface ArtifactBytes {
  bytes: Buffer;
  oversize: boolean;
}

/** Enough of an oversize artifact to read its id from. */
const KEPT_OF_OVERSIZE = 4096;

/** The bytes of one artifact, collected over chunk borders. */
export class Collector {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Of the artifact so far, also of those that were not kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Takes the next bytes of the artifact. */
  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#bytes > this.#maxBytes) this.#chunks = [Buffer.concat(this.#chunks, KEPT_OF_OVERSIZE)];
  }

  /** The artifact that was collected; what is added next belongs to another one. */
  take(): ArtifactBytes {
    const artifact = { bytes: Buffer.concat(this.#chunks), oversize: this.#bytes > this.#maxBytes };
    this.#chunks = [];
    this.#bytes = 0;
    return artifact;
  }
}
