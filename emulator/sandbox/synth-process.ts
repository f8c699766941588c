/**
 * Bundles and synthesises in a process of its own, for a parent that has to stay awake: both block for a second or more.
 *
 * In: a {@link SynthesisOrder}. Out: {@link SynthesisAnswer}, once.
 */
import type { Assembly } from '../engine/assembly.ts';

export interface SynthesisOrder {
  settings: Record<string, unknown>;
  /** The product's own handlers otherwise. */
  handlersDir?: string;
  /** Where the bundles are; they are made, below the temporary folder, where left out. */
  bundles?: string;
}

export interface Synthesis {
  assembly: Assembly;
  bundles: string;
}

export type SynthesisAnswer = Synthesis | { error: { name: string; message: string; stack?: string } };

function answer(message: SynthesisAnswer): void {
  process.send?.(message, () => process.disconnect());
}

async function bundle(handlersDir: string | undefined): Promise<string> {
  const { bundleHandlers, HANDLERS_DIR } = await import('../../infra/bundle-handlers.ts');
  const { handlerFolder, TASK_NAMES } = await import('../../infra/task-table.ts');
  return bundleHandlers(handlersDir ?? HANDLERS_DIR, TASK_NAMES.map(handlerFolder));
}

process.once('message', async ({ settings, handlersDir, bundles: given }: SynthesisOrder) => {
  try {
    const bundles = given ?? (await bundle(handlersDir));
    const { synthesise } = await import('./synth.ts');
    answer({ assembly: synthesise(settings, bundles), bundles });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ error: { name, message, ...(stack !== undefined && { stack }) } });
  }
});
process.once('disconnect', () => process.exit());
