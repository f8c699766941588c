/** What the rules that look at more than one leaf share: the document, its turns, and what was found so far. */

import type { StructuralIndex } from '../json/structural-index.ts';
import type { Match } from '../model/match.ts';
import type { MaskSettings } from '../model/options.ts';
import { Turns } from './turns.ts';

/** What was found in each leaf; spans in order, without overlaps. */
export type Findings = Map<number, Match[]>;

/** In most leaves. */
export const NONE_FOUND: readonly Match[] = [];

/** What the rules for one document share: its structure, its turns, and what was found so far. */
export class Search {
  readonly structure: StructuralIndex;
  readonly settings: MaskSettings;
  readonly turns: Turns;
  readonly findings: Findings = new Map();

  constructor(structure: StructuralIndex, settings: MaskSettings) {
    this.structure = structure;
    this.settings = settings;
    this.turns = new Turns(structure);
  }

  found(leaf: number): readonly Match[] {
    return this.findings.get(leaf) ?? NONE_FOUND;
  }

  /** Adds matches, which are in order and do not overlap each other; one that overlaps another found before is left out. */
  record(leaf: number, matches: readonly Match[]): void {
    if (matches.length === 0) return;
    const known = this.findings.get(leaf) ?? [];
    const merged: Match[] = [];
    let at = 0;
    for (const match of matches) {
      for (let next = known[at]; next !== undefined && next.end <= match.start; next = known[++at]) merged.push(next);
      const next = known[at];
      if (match.end > match.start && (next === undefined || next.start >= match.end)) merged.push(match);
    }
    merged.push(...known.slice(at));
    this.findings.set(leaf, merged);
  }
}
