/** Reads the items of a Distributed Map from S3 as a stream: any number of them in bounded memory. */
import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { linesOf } from '../../lambdas/shared/storage/lines.ts';
import type { JsonValue } from './json.ts';
import type { ReaderConfig } from './prepared-machine.ts';
import { StateError } from './state-error.ts';

export interface ItemSource {
  Bucket: string;
  Key: string;
}

const failed = (cause: string) => new StateError('States.ItemReaderFailed', cause);

async function open(s3: S3Client, { Bucket, Key }: ItemSource): Promise<Readable> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return Body as Readable;
  } catch (error) {
    throw failed(`Unable to read the S3 object: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
}

async function* readJsonLines(body: Readable): AsyncGenerator<JsonValue> {
  let number = 0;
  for await (const line of linesOf(body)) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      yield JSON.parse(line) as JsonValue;
    } catch {
      throw failed(`Line ${number} of the S3 object is not JSON`);
    }
  }
}

/**
 * The items of an S3 object in JSON Lines, in order.
 *
 * @throws StateError `States.ItemReaderFailed`
 * @example of an object `{"batch":0}\n{"batch":1}\n` -> yields { batch: 0 }, { batch: 1 }
 */
export async function* readItems(s3: S3Client, source: ItemSource, config: ReaderConfig): AsyncGenerator<JsonValue> {
  const body = await open(s3, source);
  let count = 0;
  try {
    for await (const item of readJsonLines(body)) {
      if (config.maxItems > 0 && count === config.maxItems) return;
      count += 1;
      yield item;
    }
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw failed('The S3 object could not be read to its end');
  } finally {
    body.destroy();
  }
}

/**
 * How many items there are; a pass of its own, since the tolerance is a share of all of them.
 *
 * @throws StateError `States.ItemReaderFailed`
 * @example of an object `{"batch":0}\n{"batch":1}\n` -> 2
 */
export async function countItems(s3: S3Client, source: ItemSource, config: ReaderConfig): Promise<number> {
  let count = 0;
  for await (const _item of readItems(s3, source, config)) count += 1;
  return count;
}
