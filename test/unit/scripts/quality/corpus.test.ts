import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MASK_RULES_VERSION, PII_TYPES } from '@cxone-transcripts/masker';
import { describe, expect, it } from 'vitest';
import { DRAWN, drawFile } from '../../../../scripts/quality/draw.ts';
import { PAGE, readFigures } from '../../../../scripts/quality/figures.ts';
import { corpusDigest, folderOf, HALVES, halfOf, readHalf } from '../../../../scripts/quality/halves.ts';
import { qualityPage } from '../../../../scripts/quality/page.ts';
import { sortItems } from '../../../../scripts/quality/sort-into-halves.ts';

/** Types of the policy that the masker has no rules for yet: what is marked so is a miss until it has. */
const AWAITED = ['UK_SORT_CODE', 'AU_TFN', 'AU_MEDICARE', 'IN_PAN'];

const items = HALVES.flatMap((half) => readHalf(half).map((item) => ({ half, item })));

describe('the labelled corpus', () => {
  it('has each item once, in the half that its id says', () => {
    expect(items.filter(({ half, item }) => halfOf(item.id) !== half)).toEqual([]);
    expect(new Set(items.map(({ item }) => item.id)).size).toBe(items.length);
  });

  it('marks types that there are', () => {
    const types = new Set(
      items.flatMap(({ item }) => item.turns.flatMap(({ golds }) => golds.map(({ type }) => type))),
    );
    const known: readonly string[] = [...PII_TYPES, ...AWAITED];
    expect([...types].filter((type) => !known.includes(type))).toEqual([]);
  });

  it('has 600 utterances and 120 conversations in four media, half of these written by hand and of eight turns or more', () => {
    const of = (kind: string) => items.map(({ item }) => item).filter(({ header }) => header.kind === kind);
    const talks = of('conversations');
    expect(of('utterances').length).toBeGreaterThanOrEqual(600);
    expect(talks.length).toBeGreaterThanOrEqual(120);
    expect(new Set(talks.map(({ header }) => header.medium)).size).toBe(4);
    const long = talks.filter(({ header, turns }) => header.origin === 'hand' && turns.length >= 8);
    expect(long.length).toBeGreaterThanOrEqual(talks.length / 2);
    const drawn = items.filter(({ item }) => item.header.origin === 'drawn');
    expect(drawn.length).toBeLessThan(items.length / 3);
  });

  it.each(Object.keys(DRAWN))('has in %s what is drawn: `npm run quality -- --draw` writes it', (stem) => {
    const drawn = drawFile(stem);
    for (const half of HALVES) {
      expect(readFileSync(join(folderOf(half), `${stem}.txt`), 'utf8')).toBe(drawn[half]);
    }
  });
});

describe('sortItems', () => {
  it('gives ids that go on, and every item to one half', () => {
    const { open, held } = sortItems('kind: utterances\n\n- a\n- b\n- c\n', 'u', 9);
    const lines = [open, held].flatMap((file) => file.split('\n').filter((line) => line.includes(' | ')));
    expect(lines.sort()).toEqual(['u-009 | a', 'u-010 | b', 'u-011 | c']);
  });
});

describe('docs/masking-quality.md', () => {
  it('is of the rules in force and of this corpus: `npm run quality` writes it', () => {
    const figures = readFigures();
    expect(figures[MASK_RULES_VERSION]?.open?.corpus).toBe(corpusDigest());
    expect(readFileSync(PAGE, 'utf8')).toBe(qualityPage(figures, MASK_RULES_VERSION));
  });
});
