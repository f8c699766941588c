/**
 * Names and addresses: no pattern finds them honestly, so they come from a detector outside the masker. The masker
 * collects the texts, the caller asks the detector, and the answer goes in as {@link MaskTools.entities}.
 */
import { joinWordBlocks } from '../conversation/word-blocks.ts';
import type { DocumentReader } from '../json/document-reader.ts';
import { STRING } from '../json/structural-index.ts';

/**
 * The distinct texts of a document worth asking a detector about: conversation, not ids and measures.
 *
 * @throws SyntaxError when the text is not JSON
 * @example entityTexts('{"text":"Ann lives here","id":"a1"}', reader) // ['Ann lives here']
 */
export function entityTexts(json: string, reader: DocumentReader): string[] {
  const source = reader.read(json);
  const structure = joinWordBlocks(source, reader.scanner) ?? source;
  const texts = new Set<string>();
  for (let leaf = 0; leaf < structure.leafCount; leaf++) {
    if (structure.kind(leaf) !== STRING || structure.meanings.of(structure.key(leaf)).stays) continue;
    const text = structure.text(leaf);
    if (/\p{L}{2}/u.test(text)) texts.add(text);
  }
  reader.release(source);
  return [...texts];
}
