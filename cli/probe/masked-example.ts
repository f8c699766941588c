import { createMasker, findLeaks } from '@cxone-transcripts/masker';
import * as z from 'zod';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';

/** Characters that show whether masking works on this tenant's transcripts, and little else. */
const LENGTH = 160;
const PLACEHOLDER = /\[[A-Z0-9_]+_MASKED\]/;

const Transcript = z.object({ transcriptBlocks: z.array(z.object({ text: z.string() })) });

/**
 * A few masked words of a transcript, from the first block in which something was masked. It is masked as a whole before a
 * word of it is taken; undefined where it cannot be, or the leak check finds anything.
 *
 * @param text a transcript as Interaction Analytics answers it
 * @example maskedExample('{"transcriptBlocks":[{"text":"mail ann@example.com"}]}') // 'mail [EMAIL_MASKED]'
 */
export function maskedExample(text: string): string | undefined {
  const masked = createMasker({}, readLexicon()).maskJson(text).json;
  if (findLeaks(masked).length > 0) return undefined;
  const blocks = Transcript.safeParse(JSON.parse(masked)).data?.transcriptBlocks.map((block) => block.text) ?? [];
  const shown = blocks.find((block) => PLACEHOLDER.test(block)) ?? blocks[0];
  if (shown === undefined || shown.length <= LENGTH) return shown;
  return `${shown.slice(0, LENGTH)}…`;
}
