import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Path of an execution input with these interactions, in a directory. */
export async function eventFile(directory: string, interactionIds: string[]): Promise<string> {
  const path = join(directory, 'event.json');
  const event = {
    interactionIds,
    mediaTypes: ['voice'],
    redactionPolicy: 'none',
    format: 'json',
    maxConcurrentDownloads: 2,
  };
  await writeFile(path, JSON.stringify(event));
  return path;
}
