import { detect } from '../detect/detect.ts';
import { type MaskOptions, type MaskTools, settingsFor } from '../model/options.ts';
import { splice } from '../model/splice.ts';
import { lookAt, MATTERS, SUSPICIOUS } from '../prefilter/prefilter.ts';
import { replacementOf } from './replacements.ts';

/** Masks one line of text that stands for itself: no key, no turns around it. */
export function maskText(text: string, options?: MaskOptions, tools: MaskTools = {}): string {
  const flags = lookAt(text);
  if ((flags & SUSPICIOUS) === 0) return text;
  const settings = settingsFor(options, tools);
  if (!settings.optIn && (flags & MATTERS) === 0) return text;
  const matches = detect(text, settings);
  return matches.length === 0 ? text : splice(text, matches, (match) => replacementOf(match, settings, tools));
}
