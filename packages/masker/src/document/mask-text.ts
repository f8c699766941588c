import { detect } from '../detect/detect.ts';
import { splice } from '../model/splice.ts';
import { MATTERS, NAMING, PLACING, SUSPICIOUS } from '../prefilter/prefilter.ts';
import { withEntities } from '../records/entity-matches.ts';
import { replacementOf } from './replacements.ts';
import type { Work } from './work.ts';

/**
 * One line of text, masked, that stands for itself: no key, no turns around it.
 *
 * @example maskText('mail ann@example.com', work) // 'mail [EMAIL_MASKED]'
 */
export function maskText(text: string, work: Work): string {
  const { reader, settings, lexicon } = work;
  const flags = reader.scanner.lookAt(text);
  const isTold = (flags & SUSPICIOUS) !== 0 && (settings.optIn || (flags & MATTERS) !== 0);
  const hasEntities = lexicon !== undefined && (flags & (NAMING | PLACING)) !== 0;
  if (!isTold && !hasEntities) return text;
  const numbers = isTold ? detect(text, settings) : [];
  const matches = hasEntities ? withEntities(text, numbers, settings.types, lexicon) : numbers;
  return matches.length === 0 ? text : splice(text, matches, (match) => replacementOf(match, work));
}
