/** Puts the file that an event names beside itself into the local bucket, as an operator would upload it. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { JsonValue } from '../../emulator/engine/json.ts';
import { UsageError } from '../process/usage-error.ts';

export interface StagedInput {
  /** The execution input, which names the copy where one was made. */
  input: JsonValue;
  /** A sentence for the user: which file the run takes. Undefined where the input names none of the data lake. */
  taken?: string;
}

/**
 * For an event with `interactionIdsFrom` of the data lake itself, copies `<folder of the event>/<key>` into the bucket. The
 * copy is below `inputs/`, where a run may read, and its key holds a hash of its content: an edited list is another object,
 * and two runs never mix theirs up. Without such a file the object in the bucket is taken.
 *
 * @example await stageInputs('events/from-csv.json', { interactionIdsFrom: 's3:///inputs/ids.csv' }, 'out/data-lake');
 * // { input: { interactionIdsFrom: 's3:///inputs/sha256-0f3a…/ids.csv' }, taken: 'events/inputs/ids.csv as it is now, …' }
 * @throws UsageError naming both places when the file is in neither, and for a key that leads out of them
 */
export async function stageInputs(eventFile: string, input: JsonValue, dataLakeDir: string): Promise<StagedInput> {
  const { interactionIdsFrom } = (input ?? {}) as { interactionIdsFrom?: unknown };
  const [, key] = /^s3:\/\/\/(.+)$/.exec(String(interactionIdsFrom ?? '')) ?? [];
  if (key === undefined) return { input };
  if (key.split('/').some((part) => part === '..' || part === '.' || part === '')) {
    throw new UsageError(`interactionIdsFrom: ${key} leads elsewhere: name a file below the folder of the event`);
  }
  const from = join(dirname(eventFile), key);
  if (!(await exists(from))) {
    if (await exists(join(dataLakeDir, key))) return { input, taken: `${key} of the data lake: there is no ${from}` };
    throw new UsageError(
      `interactionIdsFrom: ${key} is not in ${dirname(eventFile)}, where the event is, nor in ${dataLakeDir}`,
    );
  }
  const copy = await copyByContent(from, key, dataLakeDir);
  const staged = { ...(input as Record<string, JsonValue>), interactionIdsFrom: `s3:///${copy}` };
  return { input: staged, taken: `${from} as it is now, as ${copy}` };
}

/**
 * Copies first and hashes the copy, so that an edit in between is not kept under the hash of what was there before. A
 * reader sees the copy whole or not at all.
 */
async function copyByContent(from: string, key: string, dataLakeDir: string): Promise<string> {
  const folder = key.startsWith('inputs/') ? dirname(key) : join('inputs', dirname(key));
  await mkdir(join(dataLakeDir, folder), { recursive: true });
  const unfinished = join(dataLakeDir, folder, `${randomUUID()}.part`);
  try {
    await copyFile(from, unfinished);
    const hash = (await sha256Of(unfinished)).slice(0, 16);
    const copy = join(folder, `sha256-${hash}`, basename(key));
    await mkdir(join(dataLakeDir, dirname(copy)), { recursive: true });
    await rename(unfinished, join(dataLakeDir, copy));
    return copy;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
