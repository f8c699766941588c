/** The masker over items of the corpus. */
import { createMasker, type Masker, type MaskOptions, OPT_IN_TYPES } from '@cxone-transcripts/masker';
import { readLexicon } from '../../lambdas/shared/lib/names-lexicon.ts';
import type { Header, Item } from './corpus-file.ts';
import { withoutCasing } from './marked-text.ts';
import { emptyTally, type Found, scoreText, type Tally } from './score.ts';

export const CASINGS = ['as written', 'lower case'] as const;
type Casing = (typeof CASINGS)[number];

export interface Scores {
  /** By casing; what is counted is in {@link Tally}. */
  all: Record<Casing, Tally>;
  /** By medium, then by casing. */
  media: Record<string, Record<Casing, Tally>>;
  conversations: number;
  utterances: number;
}

/** What the masker must find there: every type that is off by default, where a file is about those. */
function optionsFor({ country, 'opt-in': optIn }: Header): MaskOptions {
  return { regions: [country], ...(optIn === 'yes' && { enable: [...OPT_IN_TYPES] }) };
}

/**
 * Counts of the items, each masked as written and in lower case without sentence marks.
 *
 * @param remark is told what was missed and masked wrongly, as written only
 * @example scoreItems(readHalf('open')).all['as written'].words // some 10,000
 */
export function scoreItems(items: readonly Item[], remark: (text: string) => void = () => {}): Scores {
  const maskers = new Map<string, Masker>();
  const scores: Scores = { all: byCasing(), media: {}, conversations: 0, utterances: 0 };
  for (const item of items) {
    const { header } = item;
    const options = optionsFor(header);
    const key = JSON.stringify(options);
    const masker = maskers.get(key) ?? createMasker(options, readLexicon());
    maskers.set(key, masker);
    scores[header.kind]++;
    scores.media[header.medium] ??= byCasing();
    for (const casing of CASINGS) {
      const tallies = [scores.all[casing], scores.media[header.medium]?.[casing] ?? emptyTally()];
      const [remarks = []] = tallies.map((tally) => scoreItem(item, casing, masker, tally));
      if (casing === 'as written') for (const text of remarks) remark(`${item.id} ${text}`);
    }
  }
  return scores;
}

function byCasing(): Record<Casing, Tally> {
  return { 'as written': emptyTally(), 'lower case': emptyTally() };
}

function scoreItem(item: Item, casing: Casing, masker: Masker, tally: Tally): string[] {
  const texts = item.turns.map(({ text }) => (casing === 'as written' ? text : withoutCasing(text)));
  const isTalk = item.header.kind === 'conversations';
  const segments = texts.map((text, n) => ({ speaker: item.turns[n]?.speaker, text }));
  const { findings } = masker.explainJson(JSON.stringify(isTalk ? { ...item.record, segments } : texts[0]));
  return texts.flatMap((text, n) => {
    const path = isTalk ? `/segments/${n}/text` : '';
    const here: Found[] = findings.filter((finding) => finding.path === path);
    return scoreText(text, item.turns[n]?.golds ?? [], here, tally);
  });
}
