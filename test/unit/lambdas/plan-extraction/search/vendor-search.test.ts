import { describe, expect, it } from 'vitest';
import { type SearchPage, searchByIds } from '../../../../../lambdas/plan-extraction/search/vendor-search.ts';
import { PipelineError } from '../../../../../lambdas/shared/contracts/errors.ts';

const row = (interactionId: string) => ({ interactionId, startTime: '2026-11-21T10:00:00Z' });
const task = { logger: { warn: () => {} } } as unknown as Parameters<typeof searchByIds>[1];

/** Page by page; then the last one again and again. */
function vendorOf(pages: Awaited<ReturnType<SearchPage>>[]) {
  const cursors: (string | undefined)[] = [];
  const search: SearchPage = async ({ cursor }) => {
    cursors.push(cursor);
    return pages[Math.min(cursors.length, pages.length) - 1] as Awaited<ReturnType<SearchPage>>;
  };
  return { search, cursors };
}

describe('searchByIds', () => {
  it('reads every page of an answer: an id on the second one is no missing id', async () => {
    const { search, cursors } = vendorOf([
      { interactions: [row('a')], unreadable: ['b'], nextCursor: '1' },
      { interactions: [row('c')] },
    ]);
    const answer = await searchByIds(search, task)(['a', 'b', 'c']);
    expect(answer).toEqual({ interactions: [row('a'), row('c')], unreadable: ['b'], isWhole: true });
    expect(cursors).toEqual([undefined, '1']);
  });

  it('takes an answer whose cursor comes back for a part of one', async () => {
    const { search } = vendorOf([{ interactions: [row('a')], nextCursor: '1' }]);
    expect(await searchByIds(search, task)(['a', 'b'])).toMatchObject({ isWhole: false });
  });

  it.each(['VendorRejected', 'ContractViolation'] as const)('leaves ids unchecked after %s', async (name) => {
    const search: SearchPage = async () => {
      throw new PipelineError(name, 'no');
    };
    expect(await searchByIds(search, task)(['a'])).toBeUndefined();
  });

  it('passes on what may pass', async () => {
    const search: SearchPage = async () => {
      throw new PipelineError('VendorUnavailable', 'down');
    };
    await expect(searchByIds(search, task)(['a'])).rejects.toMatchObject({ name: 'VendorUnavailable' });
  });
});
