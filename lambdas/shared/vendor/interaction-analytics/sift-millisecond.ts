/** Sees through a millisecond that has more segments than the largest page: each medium and language by itself. */
import { PipelineError } from '../../contracts/errors.ts';
import type { ListSegments, SegmentQuery } from './segment-page.ts';
import type { Crowd } from './walk.ts';

/** Spellings of the media that tenants use: rows that were not seen yet may have others than those that were. */
const MEDIA = ['PhoneCall', 'Voice', 'Chat', 'CHAT', 'Email', 'EMAIL', 'SMS', 'Social', 'Digital'];
/** Languages that Interaction Analytics transcribes; a row does not name its own. */
const LANGUAGES = [
  ...['en-US', 'en-GB', 'en-AU', 'en-IN', 'es-ES', 'es-US', 'es-MX', 'fr-FR', 'fr-CA', 'de-DE', 'it-IT'],
  ...['pt-BR', 'pt-PT', 'nl-NL', 'ja-JP', 'ko-KR', 'zh-CN', 'pl-PL', 'sv-SE', 'da-DK', 'nb-NO', 'fi-FI'],
];

/**
 * Asks for what was annotated in one millisecond in parts; `list` keeps what they hold.
 *
 * @param media words for media that the rows so far have used
 * @throws PipelineError `ContractViolation`, which names the millisecond, when a part too is larger than a page
 */
export async function siftMillisecond(
  list: ListSegments,
  { atMs, pageSize, rows, isCertain }: Crowd,
  media: Iterable<string>,
): Promise<void> {
  const isFull = async (part: Pick<SegmentQuery, 'mediaType' | 'language'>): Promise<boolean> => {
    const page = await list({ fromMs: atMs, toMs: atMs + 1, pageSize, ...part });
    return page.rows.length >= rows && page.rows.every(({ availableMs }) => availableMs === atMs);
  };
  for (const mediaType of new Set([...media, ...MEDIA])) {
    const isCrowded = await isFull({ mediaType });
    // As many rows as before, all of one medium: where that may be all there are, it is.
    if (!isCrowded || !isCertain) continue;
    for (const language of LANGUAGES) if (await isFull({ mediaType, language })) throw tooMany(atMs);
  }
}

function tooMany(atMs: number): PipelineError {
  const at = new Date(atMs).toISOString();
  return new PipelineError(
    'ContractViolation',
    `CXone has more segments of one millisecond, ${at}, than any page of its list holds: some cannot be seen`,
  );
}
