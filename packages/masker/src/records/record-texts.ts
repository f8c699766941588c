/** The texts of a record that may hold names or addresses, read once for all rules. */
import type { Search } from '../conversation/search.ts';
import { STRING } from '../json/structural-index.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { readWords, type Word, withMasks } from '../lexicon/words.ts';
import { ASKS_NAME, ASKS_PLACE, IN_MEMBER, NAMING, PLACING } from '../prefilter/prefilter.ts';

/** Which leaves are worth reading, as the prefilter says, and their words. */
export class RecordTexts {
  readonly search: Search;
  /** Under a name of a member that tells of people or places. */
  readonly members: number[] = [];
  /** With a first name, or a word that announces one. */
  readonly naming: number[] = [];
  /** With a question for a name. */
  readonly asking: number[] = [];
  /** With a street and a number, or a question for an address. */
  readonly placing: number[] = [];
  private readonly lexicon: Lexicon;
  private readonly words = new Map<number, readonly Word[]>();

  constructor(search: Search, lexicon: Lexicon) {
    this.search = search;
    this.lexicon = lexicon;
    const { structure } = search;
    for (const leaf of structure.suspects) {
      const flags = structure.flags(leaf);
      if ((flags & (NAMING | PLACING | ASKS_NAME | ASKS_PLACE | IN_MEMBER)) === 0 || !this.mayHold(leaf)) continue;
      if ((flags & IN_MEMBER) !== 0) this.members.push(leaf);
      if ((flags & NAMING) !== 0) this.naming.push(leaf);
      if ((flags & ASKS_NAME) !== 0) this.asking.push(leaf);
      if ((flags & (PLACING | ASKS_PLACE)) !== 0) this.placing.push(leaf);
    }
  }

  /** Whether a leaf is a string that may be anything; what was masked as a document of its own is not read again. */
  mayHold(leaf: number): boolean {
    const { structure } = this.search;
    return (
      structure.kind(leaf) === STRING &&
      !structure.meanings.of(structure.key(leaf)).stays &&
      this.search.found(leaf).every(({ replacement }) => replacement === undefined)
    );
  }

  wordsOf(leaf: number): readonly Word[] {
    let words = this.words.get(leaf);
    if (words === undefined) {
      this.search.settings.checkpoint();
      words = withMasks(readWords(this.search.structure.text(leaf), this.lexicon), this.search.found(leaf));
      this.words.set(leaf, words);
    }
    return words;
  }

  /** Reads a text again when it is asked for: more of it is masked now. */
  forget(leaf: number): void {
    this.words.delete(leaf);
  }
}
