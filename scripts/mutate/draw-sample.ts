/**
 * So many of all items, drawn in equal shares of their groups as far as these have enough, each item of a group with the
 * same chance. The same seed draws the same items; a larger sample holds the smaller one of each group.
 *
 * @example drawSample({ a: [1, 2, 3], b: [4] }, 3, 1) // { a: [3, 1], b: [4] }, or other two of a
 */
export function drawSample<T>(
  groups: Readonly<Record<string, readonly T[]>>,
  count: number,
  seed: number,
): Record<string, T[]> {
  const drawn: Record<string, T[]> = {};
  // The small groups first: what they cannot give is for the others.
  const names = Object.keys(groups).sort((a, b) => (groups[a]?.length ?? 0) - (groups[b]?.length ?? 0));
  let left = count;
  for (const [i, name] of names.entries()) {
    const share = Math.ceil(left / (names.length - i));
    drawn[name] = shuffled(groups[name] ?? [], seed).slice(0, share);
    left -= drawn[name].length;
  }
  return Object.fromEntries(Object.keys(groups).map((name) => [name, drawn[name] ?? []]));
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Numbers from 0 up to 1: mulberry32, which is good enough to draw by. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
