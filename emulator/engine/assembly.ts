/** A synthesised stack, as the engine runs it. */
import type { ResolvedTemplate } from './resolve-template.ts';

export interface SynthesiseOptions {
  /** Settings over those of the `dev` stage in `cdk.json`, such as `{ batchSize: 20 }`. */
  settings?: Record<string, unknown>;
  /** Where the handlers' folders are; the product's own by default. */
  handlersDir?: string;
  /** Where the bundles go, for the caller to remove; a temporary folder otherwise. */
  outdir?: string;
}

/** What a synthesised stack runs, and the names of what it runs on. All of it is JSON. */
export interface AssemblyFacts extends ResolvedTemplate {
  stackName: string;
  region: string;
}

export interface Assembly extends AssemblyFacts {
  /** Removes the bundles, where they are in a temporary folder; after that no execution can be started. */
  dispose(): void;
}
