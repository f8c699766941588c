/** What the masker found in a labelled text, as counts. */
import type { Gold } from './marked-text.ts';

/** A stretch that the masker masked. */
export interface Found {
  type: string;
  start: number;
  end: number;
}

/** Counts of one type. */
interface TypeTally {
  /** Marked, and of these those that are covered whole, and those that bear the right name, too. */
  gold: number;
  found: number;
  typed: number;
  /** Findings of this type, and of these those that touch nothing marked. */
  findings: number;
  alarms: number;
}

/** Counts of texts that belong together. */
export interface Tally {
  words: number;
  /** Letters and digits outside of what is marked, and how many of them were masked. */
  plain: number;
  overmasked: number;
  byType: Record<string, TypeTally>;
}

/** Before anything is counted. */
export function emptyTally(): Tally {
  return { words: 0, plain: 0, overmasked: 0, byType: {} };
}

/**
 * Adds a text to a tally, and returns what was missed or masked wrongly, for a person to read.
 *
 * A span counts as found when each of its letters and digits is masked, by whatever type: that is what keeps it in.
 *
 * @example scoreText('hi ana', [], [{ type: 'PERSON', start: 3, end: 6 }], tally) // ['false PERSON: hi >>ana<<']
 */
export function scoreText(text: string, golds: readonly Gold[], findings: readonly Found[], tally: Tally): string[] {
  const remarks: string[] = [];
  const masked = places(text.length, findings);
  const marked = places(text.length, golds);
  tally.words += (text.match(/\S+/g) ?? []).length;
  for (const finding of findings) {
    const row = rowOf(tally, finding.type);
    row.findings++;
    if (golds.some((gold) => touch(gold, finding))) continue;
    row.alarms++;
    remarks.push(`false ${finding.type}: ${around(text, finding)}`);
  }
  for (const gold of golds) {
    if (gold.optional) continue;
    const row = rowOf(tally, gold.type);
    row.gold++;
    if (!isCovered(text, gold, masked)) {
      remarks.push(`missed ${gold.type}: ${around(text, gold)}`);
      continue;
    }
    row.found++;
    if (findings.some((finding) => finding.type === gold.type && touch(gold, finding))) row.typed++;
  }
  for (let at = 0; at < text.length; at++) {
    if (marked[at] === 1 || !isWord(text, at)) continue;
    tally.plain++;
    tally.overmasked += masked[at] ?? 0;
  }
  return remarks;
}

function rowOf(tally: Tally, type: string): TypeTally {
  tally.byType[type] ??= { gold: 0, found: 0, typed: 0, findings: 0, alarms: 0 };
  return tally.byType[type];
}

/** 1 for each place that one of the spans covers. */
function places(length: number, spans: readonly Found[]): Uint8Array {
  const covered = new Uint8Array(length);
  for (const { start, end } of spans) covered.fill(1, start, end);
  return covered;
}

function touch(one: Found, other: Found): boolean {
  return one.start < other.end && one.end > other.start;
}

function isCovered(text: string, { start, end }: Found, masked: Uint8Array): boolean {
  for (let at = start; at < end; at++) if (isWord(text, at) && masked[at] !== 1) return false;
  return true;
}

/** Half of a pair of surrogates counts: what needs one is a letter or a sign of its own. */
function isWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}\ud800-\udfff]/u.test(text[at] ?? '');
}

function around(text: string, { start, end }: Found): string {
  const shown = `${text.slice(Math.max(0, start - 30), start)}>>${text.slice(start, end)}<<${text.slice(end, end + 15)}`;
  return shown.replace(/\n/g, ' ');
}
