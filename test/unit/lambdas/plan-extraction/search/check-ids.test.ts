import { describe, expect, it } from 'vitest';
import { checkIds, judgeIds } from '../../../../../lambdas/plan-extraction/search/check-ids.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY = { first: '2026-11-22', last: '2026-11-22' };
const row = (interactionId: string, availableAt?: string | null) => ({
  interactionId,
  startMs: Date.parse('2026-11-22T00:00:00Z'),
  availableMs: availableAt == null ? 0 : Date.parse(availableAt),
});

const answer = (interactions: ReturnType<typeof row>[], unreadable: string[] = [], isWhole = true) => ({
  interactions,
  unreadable,
  isWhole,
});
const QUARANTINED = { interactionId: 'a', decided: 'quarantined', error: 'ContractViolation' };

describe('judgeIds', () => {
  it.each([
    ['known', [row('a')], { interactionId: 'a', days: DAY }],
    ['known, availability not said', [row('a', null)], { interactionId: 'a', days: DAY }],
    ['available by now', [row('a', '2026-11-22T12:00:00Z')], { interactionId: 'a', days: DAY }],
    ['available later', [row('a', '2026-11-22T12:00:01Z')], { interactionId: 'a', days: DAY, decided: 'notReady' }],
    ['ready in one medium', [row('a', '2026-11-23T00:00:00Z'), row('a')], { interactionId: 'a', days: DAY }],
    ['unknown', [row('b')], { interactionId: 'a', decided: 'missing' }],
    ['not to be asked', undefined, { interactionId: 'a' }],
  ])('%s', (_, rows, candidate) => {
    expect(judgeIds(['a'], rows && answer(rows), NOW)).toEqual([candidate]);
  });

  it.each([
    ['its row cannot be read', answer([], ['a']), QUARANTINED],
    ['one of its rows can be read', answer([row('a')], ['a']), { interactionId: 'a', days: DAY }],
    ['the row of another cannot be read', answer([], ['b']), { interactionId: 'a', decided: 'missing' }],
    ['a row does not say whose it is', answer([], ['unreadable-row:0123456789abcdef']), { interactionId: 'a' }],
    ['the answer has no end', answer([row('b')], [], false), { interactionId: 'a' }],
  ])('%s', (_, given, candidate) => {
    expect(judgeIds(['a'], given, NOW)).toEqual([candidate]);
  });
});

describe('ids of another kind', () => {
  const asked = (interactionId: string, askedAs: string) => ({ ...row(interactionId), askedAs });

  it('stand for every interaction that is found for them, each once', () => {
    const given = answer([asked('seg-1', 'int'), asked('seg-2', 'int'), asked('seg-2', 'acd')]);
    const ids = judgeIds(['int', 'acd', 'seg-1'], given, NOW).map(({ interactionId }) => interactionId);
    expect(ids).toEqual(['seg-1', 'seg-2']);
  });

  it('are missing where nothing is found for them', () => {
    expect(judgeIds(['int'], answer([]), NOW)).toEqual([{ interactionId: 'int', decided: 'missing' }]);
  });
});

describe('checkIds', () => {
  it('asks in portions and keeps the order', async () => {
    const ids = Array.from({ length: 1_234 }, (_, i) => `id-${i}`);
    const portions: number[] = [];
    const candidates = await Array.fromAsync(
      checkIds(
        ids,
        async (asked) => {
          portions.push(asked.length);
          return answer(asked.filter((id) => !id.endsWith('7')).map((id) => row(id)));
        },
        () => NOW,
      ),
    );
    expect(portions).toEqual([500, 500, 234]);
    expect(candidates.map(({ interactionId }) => interactionId)).toEqual(ids);
    expect(candidates.filter(({ decided }) => decided === 'missing')).toHaveLength(
      ids.filter((id) => id.endsWith('7')).length,
    );
  });
});
