/**
 * Names and addresses: no pattern finds them honestly, so they come from a detector outside the masker. The masker
 * collects the texts, the caller asks the detector, and the answer goes in as {@link MaskTools.entities}.
 */
import { JsonOutline } from './json-outline.ts';
import { keyMeaning } from './keys.ts';
import { type MaskOptions, resolveOptions } from './options.ts';
import { STRING } from './outline.ts';
import type { PiiType, Span } from './types.ts';

/** Types that only an entity detector finds. */
const ENTITY_TYPES: readonly PiiType[] = ['PERSON', 'STREET_ADDRESS'];

/** Finds entities in texts: one list of spans (UTF-16 code units) per text, in the order of the texts. */
export type EntityDetector = (texts: readonly string[]) => Promise<Span[][]>;

/** Whether the options ask for types that need an {@link EntityDetector}. */
export function needsEntities(options?: MaskOptions): boolean {
  const { types } = resolveOptions(options);
  return ENTITY_TYPES.some((type) => types.has(type));
}

/**
 * The distinct texts of a document worth asking a detector about: conversation, not ids and measures.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function entityTexts(json: string): string[] {
  const outline = JsonOutline.of(json);
  const texts = new Set<string>();
  for (let leaf = 0; leaf < outline.leafCount; leaf++) {
    if (outline.kind(leaf) !== STRING || keyMeaning(outline.key(leaf)).stays) continue;
    const text = outline.text(leaf);
    if (/\p{L}{2}/u.test(text)) texts.add(text);
  }
  return [...texts];
}
