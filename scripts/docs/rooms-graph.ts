/** The rooms as a layered graph: who imports whom, without what follows from the rest. Pure. */
import { ROOMS } from '../architecture/rooms.ts';

export interface Graph {
  /** From the bottom up: each imports only names before it. */
  names: readonly string[];
  /** What each imports, all of it. */
  below: ReadonlyMap<string, readonly string[]>;
}

/**
 * A graph of the table's rooms. Rooms of one group are one node; what a file of another room is let in for counts as
 * that room.
 *
 * @param groupOf the node that a room belongs to; undefined leaves it out
 * @example graphOf((path) => (path.startsWith('cli') ? 'cli' : undefined)).names // ['cli']
 */
export function graphOf(groupOf: (path: string) => string | undefined): Graph {
  const names = [...new Set(ROOMS.flatMap(({ path }) => groupOf(path) ?? []))];
  const below = names.map((name) => {
    const imports = ROOMS.filter(({ path }) => groupOf(path) === name).flatMap((room) => room.imports);
    const targets = new Set(imports.flatMap((path) => groupOf(path.replace(/\/[^/]+\.ts$/, '')) ?? []));
    return [name, names.slice(0, names.indexOf(name)).filter((each) => targets.has(each))] as const;
  });
  return { names, below: new Map(below) };
}

/**
 * The edges that say all others (transitive reduction).
 *
 * @example `a → b, b → c, a → c` gives `a → b, b → c`
 */
export function reduced({ names, below }: Graph): [from: string, to: string][] {
  const reaches = (from: string, to: string): boolean =>
    (below.get(from) ?? []).some((next) => next === to || reaches(next, to));
  return names.flatMap((from) => {
    const targets = below.get(from) ?? [];
    return targets
      .filter((to) => !targets.some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [from, to]);
  });
}

/**
 * How far above the bottom each name stands: one above the highest that it imports.
 *
 * @example layersOf({ names: ['a', 'b'], below: new Map([['b', ['a']]]) }) // a -> 0, b -> 1
 */
export function layersOf({ names, below }: Graph): Map<string, number> {
  const layers = new Map<string, number>();
  for (const name of names) {
    layers.set(name, Math.max(-1, ...(below.get(name) ?? []).map((each) => layers.get(each) ?? 0)) + 1);
  }
  return layers;
}
