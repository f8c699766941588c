/** The masker: text or JSON in, masked out. What it takes and what it reports is in `./options` alone, too. */
export type { ExplainedFinding, ExplainedJson, MaskedJson } from './document/mask-json.ts';
export { createMasker, type MaskedTranscript, type Masker } from './document/masker.ts';
export { findLeaks, type Leak } from './leak-check/leak-check.ts';
export type { Reason } from './model/match.ts';
export { MASK_RULES_VERSION } from './model/rules-version.ts';
export * from './options.ts';
