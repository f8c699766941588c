import { describe, expect, it } from 'vitest';
import { Canary } from '../../../../../../lambdas/shared/vendor/interaction-analytics/canary.ts';

type Seen = 'found' | 'listed' | 'unlisted';
const canaryOf = (seen: readonly Seen[]) => {
  const canary = new Canary();
  for (const one of seen) {
    if (one === 'found') canary.found();
    else canary.missing(one === 'listed');
  }
  return canary;
};
const times = (count: number, one: Seen): Seen[] => Array.from({ length: count }, () => one);

describe('Canary', () => {
  it.each<[string, Seen[], boolean]>([
    ['nothing', [], false],
    ['one missing', ['listed'], true],
    ['one missing behind one that is there', ['found', 'listed'], false],
    ['five in a row', ['found', ...times(5, 'listed')], true],
    ['five in a row that were named only', ['found', ...times(5, 'unlisted')], false],
    ['five, and one that is there', [...times(5, 'listed'), 'found'], false],
  ])('%s: in doubt?', (_, seen, isInDoubt) => expect(canaryOf(seen).isInDoubt).toBe(isInDoubt));

  it.each<[string, Seen[], number, boolean]>([
    ['five listed ones and no others', times(5, 'listed'), 0, true],
    ['four listed ones and no others', times(4, 'listed'), 0, false],
    ['one, and four others', ['listed'], 4, true],
    ['named ones, and five others', times(9, 'unlisted'), 5, true],
    ['named ones, and no others', times(9, 'unlisted'), 0, false],
  ])('%s, all 404: a contract that has changed?', async (_, seen, others, isChanged) => {
    const ids = Array.from({ length: others }, (_unused, i) => `s-${i}`);
    const check = canaryOf(seen).check(ids, async () => ({ kind: 'missing' }));
    if (isChanged) await expect(check).rejects.toMatchObject({ name: 'VendorContractChanged' });
    else await expect(check).resolves.toBeUndefined();
  });

  it('one that is there settles it, and no other is asked for', async () => {
    const asked: string[] = [];
    await canaryOf(times(9, 'listed')).check(['a', 'b', 'c'], async (id) => {
      asked.push(id);
      return id === 'b' ? { kind: 'found', text: '' } : { kind: 'missing' };
    });
    expect(asked).toEqual(['a', 'b']);
  });
});
