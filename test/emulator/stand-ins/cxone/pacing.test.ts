import { expect, it } from 'vitest';
import { mostWithin } from '../../../../emulator/stand-ins/cxone/ledger.ts';
import { rateLimiter } from '../../../../emulator/stand-ins/cxone/rate-limit.ts';
import { DAY_AND_LATER, startPublicApis } from '../cxone-world.ts';

it.each<[number[], number, number]>([
  [[], 10, 0],
  [[0, 4, 9, 12], 10, 3],
  [[0, 10, 20], 10, 1],
  [[5, 5, 5], 1, 3],
])('of %j within %d ms there are %d', (times, windowMs, most) => {
  expect(mostWithin(times, windowMs)).toBe(most);
});

it('a rate limit counts what it let pass, within a sliding window, of its own calls', () => {
  const isWithin = rateLimiter({ requests: 2, perMs: 10, calls: ['segments'] });
  const judged = [0, 5, 9, 10, 15, 19].map((atMs) => isWithin('segments', atMs));
  expect(judged).toEqual([true, true, false, true, true, false]);
  expect(isWithin('signIn', 19)).toBe(true);
});

it('the ledger says when calls came and how many were under way', async () => {
  const { simulator, apis } = await startPublicApis({
    latencyMs: 100,
    rateLimit: { requests: 4, perMs: 60_000, calls: ['segments'] },
  });
  const answers = await Promise.all(Array.from({ length: 6 }, () => apis.list(DAY_AND_LATER)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 429, 429]);
  expect(simulator.mostAtOnce('segments')).toBeGreaterThanOrEqual(4);
  expect(simulator.mostWithin(60_000, ['segments', 'signIn'])).toBe(7);
  expect(simulator.requests.at(-1)?.atMs).toBeGreaterThan(0);
});
