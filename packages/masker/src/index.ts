/** The masker: text or JSON in, masked out. What it takes and what it reports is in `./options` alone, too. */
export { entityTexts } from './document/entities.ts';
export { type MaskedJson, maskJson } from './document/mask-json.ts';
export { maskText } from './document/mask-text.ts';
export { type MaskedTranscript, maskTranscript } from './document/mask-transcript.ts';
export { findLeaks, type Leak } from './leak-check/leak-check.ts';
export { MASK_RULES_VERSION } from './model/rules-version.ts';
export * from './options.ts';
