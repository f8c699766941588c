/** A text as the rules read it. */
import { type NormalText, normalise } from '../text/normalise.ts';
import { findTerms, type Term } from '../text/terms.ts';
import { type Tokens, tokenise } from '../text/tokens.ts';
import type { Atom } from './atom.ts';
import { findRuns } from './runs.ts';

/** One text, taken apart once. */
export interface Utterance {
  normal: NormalText;
  tokens: Tokens;
  terms: Term[];
  runs: Atom[][];
}

/**
 * A text taken apart: its normal form, tokens, phrases, and runs of digits.
 *
 * @example takeApart('my pin is 4471').terms.map(({ kind }) => kind) // ['PIN']
 */
export function takeApart(text: string): Utterance {
  const normal = normalise(text);
  const tokens = tokenise(normal.text);
  const terms = findTerms(tokens);
  return { normal, tokens, terms, runs: findRuns(tokens, terms) };
}
