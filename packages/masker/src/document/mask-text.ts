import { detect } from '../detect/detect.ts';
import { splice } from '../model/splice.ts';
import { MATTERS, SUSPICIOUS } from '../prefilter/prefilter.ts';
import { replacementOf } from './replacements.ts';
import type { Work } from './work.ts';

/**
 * One line of text, masked, that stands for itself: no key, no turns around it.
 *
 * @example maskText('mail ann@example.com', work) // 'mail [EMAIL_MASKED]'
 */
export function maskText(text: string, work: Work): string {
  const { reader, settings } = work;
  const flags = reader.scanner.lookAt(text);
  if ((flags & SUSPICIOUS) === 0) return text;
  if (!settings.optIn && (flags & MATTERS) === 0) return text;
  const matches = detect(text, settings);
  return matches.length === 0 ? text : splice(text, matches, (match) => replacementOf(match, work));
}
