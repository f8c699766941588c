/** Values that are said again a few turns later: "four one one one", "so that is 4409". */

import type { Match } from '../model/match.ts';
import type { PiiType } from '../model/type-table.ts';
import { joinedDigits } from '../numbers/atom.ts';
import { isDigit } from '../text/ascii.ts';
import { TYPES } from '../types/registry.ts';
import type { Search } from './search.ts';

/** Values that are remembered. */
const MAX_REMEMBERED = 24;
/** Turns over which a short repetition counts. */
const REACH = 10;
/** Digits that are a repetition wherever they come. */
const TELLING_DIGITS = 7;
/** Fewer digits repeat by chance. */
const FEWEST_DIGITS = 3;

/** The longest number, with the signs that part its groups. */
const LONGEST = 26;
const PARTING = new Set([...' .()-'].map((sign) => sign.charCodeAt(0)));
const NO_DIGITS = /\D+/g;

/** Letters, and digits or signs: not said by chance. */
const MIXED_PASSWORD = /^(?=.*[a-z])(?=.*[\d!@#$%^&*-]).{6,64}$/i;

interface Remembered {
  digits: string;
  type: PiiType;
  turn: number;
}

/** The values that a conversation has given so far, found again where the other side repeats them. */
export class ReadBacks {
  private readonly search: Search;
  private readonly remembered: Remembered[] = [];
  /** Passwords that are no words, as they were written. */
  private readonly passwords = new Set<string>();
  private turn = 0;
  private lastRemembered = -100;

  constructor(search: Search) {
    this.search = search;
  }

  nextTurn(): void {
    this.turn++;
  }

  remember(match: Match): void {
    if (match.type === 'PASSWORD' && MIXED_PASSWORD.test(match.canonical)) this.passwords.add(match.canonical);
    if (!TYPES[match.type].readBack) return;
    const digits = match.canonical.replace(NO_DIGITS, '');
    if (digits.length < FEWEST_DIGITS) return;
    this.lastRemembered = this.turn;
    this.remembered.push({ digits, type: match.type, turn: this.turn });
    if (this.remembered.length > MAX_REMEMBERED) this.remembered.shift();
  }

  /** Whether digits of the text occur in a value found a few turns ago. */
  mayRepeat(text: string): boolean {
    if (this.passwords.size > 0 && this.repeatsPassword(text)) return true;
    if (this.turn - this.lastRemembered > REACH) return false;
    for (let at = 0; at < text.length; at++) {
      if (!isDigit(text.charCodeAt(at))) continue;
      const end = endOfNumber(text, at);
      if (end - at >= FEWEST_DIGITS && this.remembers(text.slice(at, end).replace(NO_DIGITS, ''))) return true;
      at = end;
    }
    return false;
  }

  private remembers(digits: string): boolean {
    if (digits.length < FEWEST_DIGITS) return false;
    for (const known of this.remembered) if (known.digits.includes(digits)) return true;
    return false;
  }

  /** Masks digits that repeat a value found before. */
  mask(leaf: number): void {
    if (this.passwords.size > 0) this.maskPasswords(leaf);
    if (this.remembered.length === 0) return;
    const { search } = this;
    const { runs, normal, terms } = search.turns.utterance(leaf);
    const found = search.found(leaf);
    for (const run of runs) {
      const digits = joinedDigits(run);
      if (digits.length < FEWEST_DIGITS || run.some((atom) => atom.quantity || atom.glued || atom.clock)) continue;
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined) continue;
      const start = normal.starts?.[first.start] ?? first.start;
      const end = normal.ends?.[last.end - 1] ?? last.end;
      if (found.some((match) => match.start < end && match.end > start)) continue;
      const excluded = terms.some(
        (term) =>
          (term.kind === 'EXCLUSION' && term.last < first.first && first.first - term.last < 5) ||
          (term.kind === 'UNIT' && term.first - last.last === 1),
      );
      const value = this.remembered.find(
        (known) =>
          (known.digits.length >= TELLING_DIGITS && digits === known.digits) ||
          (!excluded &&
            this.turn - known.turn <= REACH &&
            (known.digits.length < TELLING_DIGITS ? digits === known.digits : known.digits.includes(digits))),
      );
      if (value !== undefined && search.settings.types.has(value.type))
        search.record(leaf, [{ type: value.type, start, end, canonical: digits, reason: { rule: 'repetition' } }]);
    }
  }

  private repeatsPassword(text: string): boolean {
    return [...this.passwords].some((password) => text.includes(password));
  }

  private maskPasswords(leaf: number): void {
    const text = this.search.structure.text(leaf);
    for (const canonical of this.passwords) {
      const start = text.indexOf(canonical);
      if (start >= 0)
        this.search.record(leaf, [
          { type: 'PASSWORD', start, end: start + canonical.length, canonical, reason: { rule: 'repetition' } },
        ]);
    }
  }
}

/** Where the number ends that begins at a digit. */
function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (let at = end; at < start + LONGEST; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) end = at + 1;
    else if (!PARTING.has(code)) break;
  }
  return end;
}
