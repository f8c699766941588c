/** Puts the file that an event names beside itself into the local bucket, as an operator would upload it. */
import { access, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Copies `<folder of the event>/<key>` to the same key of the bucket, for an event with `interactionIdsFrom` of the
 * data lake itself. Leaves alone what is there, and does nothing when there is no such file.
 */
export async function stageInputs(eventFile: string, input: unknown, dataLakeDir: string): Promise<void> {
  const { interactionIdsFrom } = (input ?? {}) as { interactionIdsFrom?: unknown };
  const [, key] = /^s3:\/\/\/(inputs\/[A-Za-z0-9._/-]+)$/.exec(String(interactionIdsFrom ?? '')) ?? [];
  if (key === undefined || key.split('/').includes('..')) return;
  const from = join(dirname(eventFile), key);
  const to = join(dataLakeDir, key);
  if (!(await exists(from)) || (await exists(to))) return;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
