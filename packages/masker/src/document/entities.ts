/**
 * Names and addresses: no pattern finds them honestly, so they come from a detector outside the masker. The masker
 * collects the texts, the caller asks the detector, and the answer goes in as {@link MaskTools.entities}.
 */
import { JsonIndex } from '../json/json-index.ts';
import { nameMeaning } from '../json/name-meaning.ts';
import { STRING } from '../json/structural-index.ts';

/**
 * The distinct texts of a document worth asking a detector about: conversation, not ids and measures.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function entityTexts(json: string): string[] {
  const outline = JsonIndex.of(json);
  const texts = new Set<string>();
  for (let leaf = 0; leaf < outline.leafCount; leaf++) {
    if (outline.kind(leaf) !== STRING || nameMeaning(outline.key(leaf)).stays) continue;
    const text = outline.text(leaf);
    if (/\p{L}{2}/u.test(text)) texts.add(text);
  }
  return [...texts];
}
