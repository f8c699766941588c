/**
 * Synthesises in a process of its own, for a parent that has to stay awake: bundling and the CDK block for seconds.
 *
 * In:  {@link SynthesiseOptions} with `outdir`, which is the parent's. Out: {@link SynthesisAnswer}, once.
 */
import type { AssemblyFacts, SynthesiseOptions } from '../engine/assembly.ts';

export type SynthesisAnswer =
  | { assembly: AssemblyFacts }
  | { error: { name: string; message: string; stack?: string } };

function answer(message: SynthesisAnswer): void {
  process.send?.(message, () => process.disconnect());
}

process.once('message', async (options: SynthesiseOptions) => {
  try {
    const { synthesise } = await import('./synth.ts');
    // The folder is the parent's: it outlives this process.
    const { dispose: _, ...assembly } = await synthesise(options);
    answer({ assembly });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ error: { name, message, ...(stack !== undefined && { stack }) } });
  }
});
process.once('disconnect', () => process.exit());
