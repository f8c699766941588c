/** Random numbers that repeat with their seed (mulberry32). */
export interface Random {
  /** From 0 up to 1, without 1. */
  next(): number;
  chance(probability: number): boolean;
  /** Whole, both ends included. */
  int(minimum: number, maximum: number): number;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    int: (minimum, maximum) => minimum + Math.floor(next() * (maximum - minimum + 1)),
  };
}
