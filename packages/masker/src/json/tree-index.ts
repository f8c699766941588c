import type { JsonValue } from '../model/pii-types.ts';
import { lookAt, MATTERS, SUSPICIOUS } from '../prefilter/prefilter.ts';
import {
  CONTAINER_FIELDS,
  CONTAINER_INDEX,
  CONTAINER_PARENT,
  LEAF_FIELDS,
  LEAF_FLAGS,
  LEAF_INDEX,
  LEAF_KIND,
  LEAF_PARENT,
} from '../prefilter/scanner/assembly/memory.ts';
import { isSecret, nameMeaning } from './name-meaning.ts';
import { append, KEY, NUMBER, STRING, StructuralIndex } from './structural-index.ts';

/** One row of each table. */
const LEAF = new Int32Array(LEAF_FIELDS);
const CONTAINER = new Int32Array(CONTAINER_FIELDS);

/** A value whose turn has not come yet; `secret` when it is a password if it has no name of its own. */
interface Pending {
  value: JsonValue;
  key: string;
  index: number;
  parent: number;
  secret: boolean;
}

/** The outline of a parsed document, built without recursion. */
export class TreeIndex extends StructuralIndex {
  private readonly texts: string[] = [];
  private readonly keys: string[] = [];
  private readonly containerKeys: string[] = [];
  private readonly nodes: (JsonValue | undefined)[] = [];
  readonly root: JsonValue;

  constructor(value: JsonValue) {
    super(64);
    this.root = value;
    this.container('', -1, 0, undefined);
    const pending: Pending[] = [{ value, key: '', index: -1, parent: 0, secret: false }];
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      const { value: node, key, index, parent } = item;
      // What has no name of its own bears that of the list it is in.
      const secret = key === '' ? item.secret : isSecret(nameMeaning(key));
      if (typeof node === 'string')
        this.leaf(STRING, node, key, index, parent, lookAt(node) | (secret ? SUSPICIOUS | MATTERS : 0));
      else if (typeof node === 'number') this.leaf(NUMBER, String(node), key, index, parent, SUSPICIOUS);
      else if (node !== null && typeof node === 'object') {
        const container = this.container(key, index, parent, node);
        const children: typeof pending = [];
        if (Array.isArray(node)) {
          for (const [i, child] of node.entries())
            children.push({ value: child, key: '', index: i, parent: container, secret });
        } else {
          for (const name of Object.keys(node)) {
            const flags = lookAt(name);
            if ((flags & SUSPICIOUS) !== 0) this.leaf(KEY, name, name, -1, container, flags);
            children.push({ value: node[name] ?? null, key: name, index: -1, parent: container, secret });
          }
        }
        for (let i = children.length - 1; i >= 0; i--) {
          const child = children[i];
          if (child !== undefined) pending.push(child);
        }
      }
    }
  }

  override text(leaf: number): string {
    return this.texts[leaf] ?? '';
  }

  override key(leaf: number): string {
    return this.keys[leaf] ?? '';
  }

  override hasSameKey(leaf: number, other: number): boolean {
    return this.keys[leaf] === this.keys[other];
  }

  override containerKey(container: number): string {
    return this.containerKeys[container] ?? '';
  }

  private leaf(kind: number, text: string, key: string, index: number, parent: number, flags: number): void {
    LEAF[LEAF_KIND] = kind;
    LEAF[LEAF_PARENT] = parent;
    LEAF[LEAF_INDEX] = index;
    LEAF[LEAF_FLAGS] = flags;
    this.leaves = append(this.leaves, this.leafCount * LEAF_FIELDS, LEAF);
    if ((flags & SUSPICIOUS) !== 0) this.suspects.push(this.leafCount);
    this.leafCount++;
    this.texts.push(text);
    this.keys.push(key);
  }

  /** The array or object of a container. */
  node(container: number): JsonValue[] | { [key: string]: JsonValue } | undefined {
    const node = this.nodes[container];
    return typeof node === 'object' && node !== null ? node : undefined;
  }

  private container(key: string, index: number, parent: number, node: JsonValue | undefined): number {
    this.containerKeys.push(key);
    this.nodes.push(node);
    CONTAINER[CONTAINER_PARENT] = parent;
    CONTAINER[CONTAINER_INDEX] = index;
    this.containers = append(this.containers, this.containerCount * CONTAINER_FIELDS, CONTAINER);
    return this.containerCount++;
  }
}
