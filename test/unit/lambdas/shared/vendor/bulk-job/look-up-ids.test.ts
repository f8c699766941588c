import { describe, expect, it } from 'vitest';
import { lookUpIds } from '../../../../../../lambdas/shared/vendor/bulk-job/look-up-ids.ts';
import type { SearchAnswer, SearchPage } from '../../../../../../lambdas/shared/vendor/bulk-job/search-page.ts';

const START = '2026-11-21T10:00:00Z';
const row = (interactionId: string) => ({ interactionId, startTime: START });
const found = (interactionId: string) => ({ interactionId, startMs: Date.parse(START), availableMs: 0 });

/** Page by page; then the last one again and again. */
function vendorOf(pages: SearchAnswer[]) {
  const cursors: (string | undefined)[] = [];
  const search: SearchPage = async ({ cursor }) => {
    cursors.push(cursor);
    return pages[Math.min(cursors.length, pages.length) - 1] as SearchAnswer;
  };
  return { search, cursors };
}

describe('lookUpIds', () => {
  it('reads every page of an answer: an id on the second one is no missing id', async () => {
    const { search, cursors } = vendorOf([
      { interactions: [row('a')], unreadable: ['b'], nextCursor: '1' },
      { interactions: [row('c')] },
    ]);
    const answer = await lookUpIds(search, ['a', 'b', 'c']);
    expect(answer).toEqual({ interactions: [found('a'), found('c')], unreadable: ['b'], isWhole: true });
    expect(cursors).toEqual([undefined, '1']);
  });

  it('takes an answer whose cursor comes back for a part of one', async () => {
    const { search } = vendorOf([{ interactions: [row('a')], nextCursor: '1' }]);
    expect(await lookUpIds(search, ['a', 'b'])).toMatchObject({ isWhole: false });
  });
});
