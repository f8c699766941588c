/** Puts masked leaves back into a tree: only the containers on their way are copied. */

import { KEY } from '../json/structural-index.ts';
import type { TreeIndex } from '../json/tree-index.ts';
import type { Match } from '../model/match.ts';
import type { MaskSettings, MaskTools } from '../model/options.ts';
import type { JsonValue } from '../model/pii-types.ts';
import { splice } from '../model/splice.ts';
import { renameKeys, replacementOf } from './replacements.ts';

/** What changes in one container: values by member name or position, and member names. */
interface Changes {
  values: Map<string | number, JsonValue>;
  names: Map<string, string>;
}

/** The masked tree. */
export function rebuildTree(
  outline: TreeIndex,
  found: ReadonlyMap<number, readonly Match[]>,
  shifted: ReadonlyMap<number, string>,
  settings: MaskSettings,
  tools: MaskTools,
): JsonValue {
  const changes = new Map<number, Changes>();
  const changesOf = (container: number): Changes => {
    let change = changes.get(container);
    if (change === undefined) {
      change = { values: new Map(), names: new Map() };
      changes.set(container, change);
    }
    return change;
  };
  for (const [leaf, matches] of found) {
    if (matches.length === 0) continue;
    const masked = splice(outline.text(leaf), matches, (match) => replacementOf(match, settings, tools));
    const change = changesOf(outline.parent(leaf));
    if (outline.kind(leaf) === KEY) change.names.set(outline.text(leaf), masked);
    else change.values.set(placeOf(outline.index(leaf), outline.key(leaf)), masked);
  }
  for (const [leaf, number] of shifted) {
    changesOf(outline.parent(leaf)).values.set(placeOf(outline.index(leaf), outline.key(leaf)), Number(number));
  }
  // Containers are numbered in document order: a child always comes after its parent.
  for (let container = outline.containerCount - 1; container > 0; container--) {
    const change = changes.get(container);
    const node = outline.node(container);
    if (change === undefined || node === undefined) continue;
    const copy = Array.isArray(node) ? copyArray(node, change) : copyObject(node, change);
    const place = placeOf(outline.containerIndex(container), outline.containerKey(container));
    changesOf(outline.containerParent(container)).values.set(place, copy);
  }
  return changes.get(0)?.values.get('') ?? outline.root;
}

function placeOf(index: number, key: string): string | number {
  return index >= 0 ? index : key;
}

function copyArray(node: readonly JsonValue[], { values }: Changes): JsonValue[] {
  const copy = [...node];
  for (const [index, value] of values) copy[Number(index)] = value;
  return copy;
}

function copyObject(node: { readonly [key: string]: JsonValue }, { values, names }: Changes): JsonValue {
  const keys = Object.keys(node);
  const renamed = renameKeys(keys, names);
  const copy: { [key: string]: JsonValue } = {};
  for (const key of keys) {
    const value = values.get(key) ?? node[key] ?? null;
    // `__proto__` is data here: plain assignment would set the prototype.
    Object.defineProperty(copy, renamed.get(key) ?? key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
