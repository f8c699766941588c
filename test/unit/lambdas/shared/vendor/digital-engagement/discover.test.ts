import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../../../emulator/stand-ins/cxone/faults.ts';
import { DAY, FROM, startDigitalSource, TO } from './digital-world.ts';

const always = (effect: Extract<Fault, { on: 'contacts' }>['do']): Fault => ({
  on: 'contacts',
  times: 'always',
  do: effect,
});
const nth = (call: number, effect: Extract<Fault, { on: 'contacts' }>['do']): Fault => ({
  on: 'contacts',
  match: { nth: call },
  do: effect,
});

describe('the contacts of a slice', () => {
  it('are those whose status changed in it', async () => {
    const { discover } = await startDigitalSource();
    const found = await discover();
    expect(found.size).toBeGreaterThan(50);
    for (const { availableMs, startMs } of found.values()) {
      expect(availableMs >= FROM && availableMs < TO && (startMs ?? 0) <= availableMs).toBe(true);
    }
    const halves = [
      await discover({ ...DAY, toMs: FROM + 43_200_000 }),
      await discover({ ...DAY, fromMs: FROM + 43_200_000 }),
    ];
    expect(halves.flatMap((half) => [...half.keys()]).sort()).toEqual([...found.keys()].sort());
    const chats = await discover({ ...DAY, mediaTypes: ['chat'] });
    const others = await discover({ ...DAY, mediaTypes: ['email', 'sms', 'social'] });
    expect([...chats.keys(), ...others.keys()].sort()).toEqual([...found.keys()].sort());
  });

  it.each<[string, Fault[]]>([
    ['a token that repeats while pages advance', [always({ repeatToken: true })]],
    ['a token that expires', [nth(3, { expireToken: true })]],
    ['tokens that expire again and again', [2, 5, 8].map((call) => nth(call, { expireToken: true }))],
    ['days that are ignored', [always({ ignoreDates: true })]],
    ['a total that is no number', [always({ hits: 'many' })]],
    ['a total that is too large', [always({ hits: 1_000_000 })]],
    ['a total of nothing', [always({ hits: 0 })]],
    ['contacts that are reopened on pages before', [nth(5, { reopen: 4 })]],
  ])('are the same with %s', async (_, faults) => {
    const { simulator, discover } = await startDigitalSource();
    const expected = [...(await discover()).keys()].sort();
    simulator.setFaults(faults);
    const before = simulator.count('contacts');
    expect([...(await discover()).keys()].sort()).toEqual(expected);
    expect(simulator.count('contacts') - before).toBeGreaterThan(0);
  });

  it.each<[string, Fault[]]>([
    ['stands still', [always({ standStill: true })]],
    ['forgets every token', [{ on: 'contacts', match: { nth: 2 }, times: 'always', do: { expireToken: true } }]],
    ['gives no token and more than a page', [always({ noToken: true })]],
  ])('are not guessed when the list %s', async (_, faults) => {
    const { simulator, discover } = await startDigitalSource();
    simulator.setFaults(faults);
    await expect(discover()).rejects.toMatchObject({ name: 'ContractViolation' });
    expect(simulator.count('contacts')).toBeLessThan(20);
  });

  it('are not lost for a row that cannot be read', async () => {
    const { simulator, source, frame, discover } = await startDigitalSource();
    const [id = ''] = (await discover()).keys();
    simulator.setFaults([
      { on: 'contacts', match: { interactionId: id }, times: 'always', do: { statusUpdatedAt: 'soon' } },
    ]);
    const result = await source.discover(DAY, () => false, frame);
    expect([result?.unreadable.has(id), result?.found.has(id)]).toEqual([true, false]);
    simulator.setFaults([
      { on: 'contacts', match: { interactionId: id }, times: 'always', do: { contactNumber: Number(id) } },
    ]);
    expect((await discover()).has(id)).toBe(true);
  });

  it('are walked on with a fresh token when the old one is refused in mid-walk', async () => {
    const { simulator, discover } = await startDigitalSource();
    const expected = (await discover()).size;
    simulator.revokeTokens();
    expect((await discover()).size).toBe(expected);
  });

  it('are given up when the slice takes too long', async () => {
    const { source, frame } = await startDigitalSource();
    expect(await source.discover(DAY, () => true, frame)).toBeUndefined();
  });
});

it('says what the vendor knows of numbers', async () => {
  const { source, frame, discover } = await startDigitalSource();
  const [[id, found] = []] = await discover();
  expect(await source.lookUp([id ?? '', '1'], frame)).toEqual({ interactions: [found], unreadable: [], isWhole: true });
});
