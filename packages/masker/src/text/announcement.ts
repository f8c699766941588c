import type { TermKind } from '../model/type-table.ts';

/**
 * What a value looks like that is asked for: `short` digits (a code, a card), `long` ones (a phone number, an account), an
 * `address`, a `code` of letters and digits, a `secret` that may be without any digit. An `exclusion` frees the number
 * that it names, a `unit` the number before it.
 */
export type Answer = 'short' | 'long' | 'address' | 'code' | 'secret' | 'exclusion' | 'unit';

/** A meaning that phrases have: what they say about a number near them. */
export interface Announcement {
  readonly kind: TermKind;
  readonly answer: Answer;
  /**
   * Which of the phrases name a value so plainly that what follows is only what it is for ("the phone number for the
   * order"): all `words`, `phrases` of several words, those that end in one of a list, none.
   */
  readonly plain: 'words' | 'phrases' | 'never' | readonly string[];
  /** Where in the name of a member the phrases mean something. */
  readonly inNames: 'anywhere' | 'at the end';
  /** Whether a phrase, of words `first` to `last`, is mere talk: "the call dropped", "my subscription expires". */
  readonly isTalk: ((words: readonly string[], first: number, last: number) => boolean) | undefined;
  /** A phrase a line: lower-case words without apostrophes. Longer phrases win over shorter ones. */
  readonly phrases: string;
}
