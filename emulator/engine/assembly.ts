/** A synthesised stack, as the engine runs it. All of it is JSON. */
import type { ResolvedTemplate } from './resolve-template.ts';

/** What a synthesised stack runs, and the names of what it runs on. */
export interface Assembly extends ResolvedTemplate {
  stackName: string;
  region: string;
}
