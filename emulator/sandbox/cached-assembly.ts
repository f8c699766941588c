/** The synthesised stack and its bundles, made where they are not there yet from these very sources. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { handlerFolder, TASK_NAMES } from '../../infra/task-table.ts';
import { entryFolder, prune, publish, unfinishedFolder } from '../content-cache.ts';
import type { Assembly } from '../engine/assembly.ts';
import { settingsKey, sourcesKey } from './assembly-key.ts';
import type { SynthesisOrder } from './synth-process.ts';
import { synthesiseApart } from './synthesise-apart.ts';

export interface AssemblyOptions extends Partial<Pick<SynthesisOrder, 'settings' | 'handlersDir'>> {
  /** Ends it at once, with nothing left behind. */
  signal?: AbortSignal | undefined;
  /** Is called where the stack is not there yet: it takes some seconds. */
  onMaking?: (() => void) | undefined;
}

/** As it is kept: a function's code is the name of a folder in that of the bundles. */
function withCodeIn(assembly: Assembly, codeDirOf: (codeDir: string) => string): Assembly {
  return { ...assembly, functions: assembly.functions.map((spec) => ({ ...spec, codeDir: codeDirOf(spec.codeDir) })) };
}

/** Whether all bundles are there: a tool that clears caches may have taken some. */
function hasBundles(folder: string): boolean {
  return TASK_NAMES.every((task) => existsSync(join(folder, handlerFolder(task), 'index.mjs')));
}

/**
 * The stack with the context of the `dev` stage: from the cache within some milliseconds, or made within some seconds.
 * Any number of processes may ask at once.
 *
 * @throws StageConfigError on a wrong setting; the signal's reason once it aborts
 * @example (await cachedAssembly({ settings: { batchSize: 20 } })).stackName // 'CxoneTranscripts-dev'
 */
export async function cachedAssembly(options: AssemblyOptions = {}): Promise<Assembly> {
  const { settings = {}, handlersDir, signal, onMaking } = options;
  const name = `${settingsKey(settings, process.env)}.json`;
  for (;;) {
    signal?.throwIfAborted();
    const key = sourcesKey(handlersDir);
    const entry = entryFolder(key);
    const [file, bundles] = [join(entry, name), join(entry, 'bundles')];
    const isBundled = hasBundles(bundles);
    if (isBundled && existsSync(file)) {
      const kept = JSON.parse(readFileSync(file, 'utf8')) as Assembly;
      return withCodeIn(kept, (codeDir) => join(bundles, codeDir));
    }
    onMaking?.();
    const folder = unfinishedFolder();
    try {
      const order = { settings, ...(handlersDir !== undefined && { handlersDir }) };
      const given = isBundled ? { bundles } : {};
      const made = await synthesiseApart({ ...order, ...given }, folder.path, signal);
      // Made from what somebody was changing meanwhile: nobody knows from which.
      if (sourcesKey(handlersDir) !== key) continue;
      if (!isBundled) {
        if (!hasBundles(bundles)) rmSync(bundles, { recursive: true, force: true });
        publish(made.bundles, bundles);
      }
      const unnamed = join(folder.path, name);
      writeFileSync(unnamed, JSON.stringify(withCodeIn(made.assembly, (codeDir) => basename(codeDir))));
      publish(unnamed, file);
      prune();
    } finally {
      folder.remove();
    }
  }
}
