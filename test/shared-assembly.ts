/** The product's stack, bundled and synthesised once for all suites: that takes longer than most of their tests. */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type { Assembly, AssemblyFacts } from '../emulator/engine/assembly.ts';
import { synthesiseApart } from '../emulator/sandbox/synthesise-apart.ts';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Whoever makes the folder makes what goes into it; the others wait. */
async function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    () => false,
  );
}

/**
 * The file that `TRANSCRIPTS_ASSEMBLY` of a process of the command line may name.
 *
 * @example const env = { TRANSCRIPTS_ASSEMBLY: await sharedAssembly() };
 */
export async function sharedAssembly(): Promise<string> {
  const folder = join(inject('sharedFolder'), 'assembly');
  const file = join(folder, 'assembly.json');
  const failed = join(folder, 'failed');
  if (await isFirst(folder)) {
    try {
      const { dispose: _, ...facts } = await synthesiseApart({ outdir: join(folder, 'cdk.out') });
      await writeFile(join(folder, 'unfinished'), JSON.stringify(facts));
      await rename(join(folder, 'unfinished'), file);
    } catch (error) {
      await writeFile(failed, '');
      throw error;
    }
  }
  while (!(await exists(file))) {
    if (await exists(failed)) throw new Error('Another suite could not synthesise the stack');
    await sleep(50);
  }
  return file;
}

/** {@link sharedAssembly} for a suite that runs the engine itself. */
export async function readSharedAssembly(): Promise<Assembly> {
  const facts = JSON.parse(await readFile(await sharedAssembly(), 'utf8')) as AssemblyFacts;
  return { ...facts, dispose: () => {} };
}
