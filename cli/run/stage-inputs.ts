/** Puts the file that an event names beside itself into the local bucket, as an operator would upload it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, rename } from 'node:fs/promises';
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
 * key of the copy holds a hash of its content: an edited list is another object, and two runs never mix theirs up. Without
 * such a file the object in the bucket is taken.
 *
 * @example await stageInputs('events/from-csv.json', { interactionIdsFrom: 's3:///inputs/ids.csv' }, 'out/data-lake');
 * // { input: { interactionIdsFrom: 's3:///inputs/sha256-0f3a…/ids.csv' }, taken: 'events/inputs/ids.csv as it is now, …' }
 * @throws UsageError naming both places when the file is in neither
 */
export async function stageInputs(eventFile: string, input: JsonValue, dataLakeDir: string): Promise<StagedInput> {
  const { interactionIdsFrom } = (input ?? {}) as { interactionIdsFrom?: unknown };
  const [, key] = /^s3:\/\/\/(inputs\/[A-Za-z0-9._/-]+)$/.exec(String(interactionIdsFrom ?? '')) ?? [];
  if (key === undefined || key.split('/').includes('..')) return { input };
  const from = join(dirname(eventFile), key);
  if (!(await exists(from))) {
    if (await exists(join(dataLakeDir, key))) return { input, taken: `${key} of the data lake: there is no ${from}` };
    throw new UsageError(
      `interactionIdsFrom: ${key} is not in ${dirname(eventFile)}, where the event is, nor in ${dataLakeDir}`,
    );
  }
  const hash = (await sha256Of(from)).slice(0, 16);
  const copy = join(dirname(key), `sha256-${hash}`, basename(key));
  await copyWhole(from, join(dataLakeDir, copy));
  const staged = { ...(input as Record<string, JsonValue>), interactionIdsFrom: `s3:///${copy}` };
  return { input: staged, taken: `${from} as it is now, as ${copy}` };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A reader sees the file whole or not at all. */
async function copyWhole(from: string, to: string): Promise<void> {
  if (await exists(to)) return;
  await mkdir(dirname(to), { recursive: true });
  const unfinished = `${to}.${process.pid}.part`;
  await copyFile(from, unfinished);
  await rename(unfinished, to);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
