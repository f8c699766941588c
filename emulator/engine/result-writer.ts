/** Writes what became of the children of a Distributed Map, in the files and shapes that Step Functions writes. */
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { temporaryFolder } from '../temporary-folder.ts';
import type { JsonValue } from './json.ts';
import { StateError } from './state-error.ts';

export interface ResultDestination {
  Bucket: string;
  Prefix?: string;
}

export interface ChildResult {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  input: JsonValue;
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  output?: JsonValue | undefined;
  error?: string | undefined;
  cause?: string | undefined;
  /** Epoch ms. */
  startedAt: number;
  stoppedAt: number;
}

/** Which file a status goes to; executions that were stopped count as failed. */
const FILES = ['SUCCEEDED', 'FAILED'] as const;
type FileName = (typeof FILES)[number];

function toRecord(result: ChildResult) {
  return {
    ExecutionArn: result.executionArn,
    Input: JSON.stringify(result.input),
    InputDetails: { Included: true },
    Name: result.name,
    ...(result.output === undefined
      ? {}
      : { Output: JSON.stringify(result.output), OutputDetails: { Included: true } }),
    ...(result.error === undefined ? {} : { Error: result.error, Cause: result.cause ?? '' }),
    StartDate: new Date(result.startedAt).toISOString(),
    StateMachineArn: result.stateMachineArn,
    Status: result.status,
    StopDate: new Date(result.stoppedAt).toISOString(),
  };
}

/** A JSON array that grows on disk: results of 100,000 children do not fit into memory. */
class ArrayFile {
  readonly path: string;
  readonly #stream: WriteStream;
  #count = 0;

  constructor(path: string) {
    this.path = path;
    this.#stream = createWriteStream(path);
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  add(value: object): void {
    this.#stream.write(`${this.#count === 0 ? '[' : ','}${JSON.stringify(value)}`);
    this.#count += 1;
  }

  async end(): Promise<void> {
    this.#stream.end(this.#count === 0 ? '[]' : ']');
    await finished(this.#stream);
  }
}

/**
 * The results of a Distributed Map's children, as the ResultWriter of Step Functions leaves them in S3.
 */
export class ResultWriter {
  readonly #s3: S3Client;
  readonly #destination: ResultDestination;
  readonly #mapRunArn: string;
  readonly #folder = temporaryFolder('map-results-');
  readonly #files: Record<FileName, ArrayFile>;

  constructor(s3: S3Client, destination: ResultDestination, mapRunArn: string) {
    this.#s3 = s3;
    this.#destination = destination;
    this.#mapRunArn = mapRunArn;
    this.#files = {
      SUCCEEDED: new ArrayFile(join(this.#folder.path, 'SUCCEEDED_0.json')),
      FAILED: new ArrayFile(join(this.#folder.path, 'FAILED_0.json')),
    };
  }

  add(result: ChildResult): void {
    this.#files[result.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED'].add(toRecord(result));
  }

  /**
   * Uploads the files and their manifest.
   *
   * @returns where the manifest is, as the state's result names it
   * @throws StateError `States.ResultWriterFailed`
   */
  async finish(): Promise<{ Bucket: string; Key: string }> {
    const { Bucket, Prefix = '' } = this.#destination;
    const folder = [Prefix.replace(/\/$/, ''), this.#mapRunArn.split(':').at(-1)].filter(Boolean).join('/');
    try {
      const resultFiles: Record<string, { Key: string; Size: number }[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
      for (const name of FILES) {
        const file = this.#files[name];
        await file.end();
        if (file.isEmpty) continue;
        const Key = `${folder}/${name}_0.json`;
        await this.#upload(Bucket, Key, file.path);
        resultFiles[name] = [{ Key, Size: (await stat(file.path)).size }];
      }
      const manifest = { DestinationBucket: Bucket, MapRunArn: this.#mapRunArn, ResultFiles: resultFiles };
      const Key = `${folder}/manifest.json`;
      await this.#s3.send(
        new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(manifest), ContentType: 'application/json' }),
      );
      return { Bucket, Key };
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown error';
      throw new StateError('States.ResultWriterFailed', `Unable to write the results to S3: ${reason}`);
    } finally {
      this.dispose();
    }
  }

  /** Gives the results up, where they are not wanted any more. */
  dispose(): void {
    this.#folder.remove();
  }

  async #upload(Bucket: string, Key: string, path: string): Promise<void> {
    const params = { Bucket, Key, Body: createReadStream(path), ContentType: 'application/json' };
    await new Upload({ client: this.#s3, params, queueSize: 1 }).done();
  }
}
