/** The outline of a JSON text, scanned without building a tree. */
import { isSuspicious } from './gates.ts';
import { isPairValue, keyMeaning } from './keys.ts';
import { KEY, NUMBER, Outline, STRING } from './outline.ts';
import { isOffsetKey } from './shifted-offsets.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** What the grammar allows next. */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_NEXT = 2;
const KEY_OR_END = 3;
const AFTER_VALUE = 4;

/** Transcripts have a leaf in about so many characters. */
const CHARACTERS_PER_LEAF = 48;

/** What a number is under a key: of no interest, perhaps personal, a place in a text. */
const MEASURE = 0;
const TELLING = 1;
const OFFSET = 2;

/** Thrown for a text that is not JSON; the message never quotes it. */
export function notJson(): SyntaxError {
  return new SyntaxError('The text to mask is not valid JSON.');
}

export class JsonOutline extends Outline {
  readonly source: string;
  /** Offsets in the source: of a string's content, of a number. */
  leafStart: Int32Array;
  leafEnd: Int32Array;
  private leafKeyId: Int32Array;
  private containerKeyId: Int32Array;
  /** Where each container opens in the source. */
  containerStart: Int32Array;

  private readonly keyTexts: string[] = [''];
  private readonly keySuspicious: boolean[] = [false];
  private readonly keyNumbers: number[] = [MEASURE];
  private readonly keyIds = new Map<string, number>([['', 0]]);
  private readonly keySlots = new Int32Array(1024);

  /** @throws SyntaxError when the text is not JSON */
  constructor(source: string) {
    const leaves = 16 + Math.ceil(source.length / CHARACTERS_PER_LEAF);
    super(leaves);
    this.leafStart = new Int32Array(leaves);
    this.leafEnd = new Int32Array(leaves);
    this.leafKeyId = new Int32Array(leaves);
    this.containerKeyId = new Int32Array(leaves);
    this.containerStart = new Int32Array(leaves);
    this.source = source;
    this.container(0, -1, 0, 0);
    this.scan();
  }

  override text(leaf: number): string {
    const [start, end] = [this.leafStart[leaf] ?? 0, this.leafEnd[leaf] ?? 0];
    const raw = this.source.slice(start, end);
    return this.leafKind[leaf] !== NUMBER && raw.includes('\\') ? decodeString(raw) : raw;
  }

  override key(leaf: number): string {
    return this.keyTexts[this.leafKeyId[leaf] ?? 0] ?? '';
  }

  override containerKey(container: number): string {
    return this.keyTexts[this.containerKeyId[container] ?? 0] ?? '';
  }

  private leaf(
    kind: number,
    start: number,
    end: number,
    keyId: number,
    index: number,
    parent: number,
    suspicious: boolean,
  ): void {
    const leaf = this.addLeaf(kind, parent, index, suspicious);
    if (leaf >= this.leafStart.length) {
      this.leafStart = grow(this.leafStart);
      this.leafEnd = grow(this.leafEnd);
      this.leafKeyId = grow(this.leafKeyId);
    }
    this.leafStart[leaf] = start;
    this.leafEnd[leaf] = end;
    this.leafKeyId[leaf] = keyId;
  }

  private container(keyId: number, index: number, parent: number, start: number): number {
    const container = this.addContainer(parent, index);
    if (container >= this.containerKeyId.length) {
      this.containerKeyId = grow(this.containerKeyId);
      this.containerStart = grow(this.containerStart);
    }
    this.containerKeyId[container] = keyId;
    this.containerStart[container] = start;
    return container;
  }

  private scan(): void {
    const { source } = this;
    const { length } = source;
    const parents: number[] = [];
    /** Next position in each open array; -1 in an object. */
    const indexes: number[] = [];
    let parent = 0;
    let index = -1;
    let keyId = 0;
    let state = VALUE;
    let backslash = source.indexOf('\\');
    if (backslash < 0) backslash = length;

    let at = 0;
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === QUOTE) {
        const start = at + 1;
        let end = source.indexOf('"', start);
        let escaped = false;
        if (backslash < start) {
          backslash = source.indexOf('\\', start);
          if (backslash < 0) backslash = length;
        }
        if (end > backslash) {
          escaped = true;
          end = stringEnd(source, start);
        }
        if (end < 0) throw notJson();
        at = end + 1;
        if (state === KEY_NEXT || state === KEY_OR_END) {
          let colon = source.charCodeAt(at);
          while (colon <= 0x20) colon = source.charCodeAt(++at);
          if (colon !== COLON) throw notJson();
          at++;
          keyId = escaped ? this.keyId(decodeString(source.slice(start, end))) : this.keyAt(start, end);
          if (this.keySuspicious[keyId] === true) this.leaf(KEY, start, end, keyId, -1, parent, true);
          state = VALUE;
        } else if (state === VALUE || state === VALUE_OR_END) {
          const raw = source.slice(start, end);
          const suspicious = isSuspicious(escaped ? decodeString(raw) : raw);
          this.leaf(STRING, start, end, keyId, index, parent, suspicious);
          state = AFTER_VALUE;
        } else throw notJson();
      } else if (code === COMMA) {
        if (state !== AFTER_VALUE || parents.length === 0) throw notJson();
        if (index >= 0) {
          index++;
          state = VALUE;
        } else state = KEY_NEXT;
        at++;
      } else if (code <= 0x20) {
        if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) throw notJson();
        at++;
      } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        if (state !== VALUE && state !== VALUE_OR_END) throw notJson();
        const container = this.container(keyId, index, parent, at);
        parents.push(parent);
        indexes.push(index);
        parent = container;
        index = code === OPEN_ARRAY ? 0 : -1;
        keyId = 0;
        state = code === OPEN_ARRAY ? VALUE_OR_END : KEY_OR_END;
        at++;
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        const isArray = index >= 0;
        const mayClose = state === AFTER_VALUE || state === (isArray ? VALUE_OR_END : KEY_OR_END);
        if (!mayClose || isArray !== (code === CLOSE_ARRAY) || parents.length === 0) throw notJson();
        parent = parents.pop() ?? 0;
        index = indexes.pop() ?? -1;
        keyId = 0;
        state = AFTER_VALUE;
        at++;
      } else if (Number.isNaN(code)) {
        // Past the end charCodeAt answers NaN.
        break;
      } else {
        if (state !== VALUE && state !== VALUE_OR_END) throw notJson();
        const start = at;
        at = literalEnd(source, at);
        const use = code < 0x40 ? this.keyNumbers[keyId] : MEASURE;
        if (use === OFFSET || (use === TELLING && at - start >= 3))
          this.leaf(NUMBER, start, at, keyId, index, parent, use === TELLING);
        state = AFTER_VALUE;
      }
    }
    if (state !== AFTER_VALUE || parents.length > 0) throw notJson();
  }

  /** The id of the key in `[start, end)`, mostly without cutting it out: keys repeat. */
  private keyAt(start: number, end: number): number {
    const { source } = this;
    const length = end - start;
    const slot =
      (length * 31 +
        source.charCodeAt(start) * 7 +
        source.charCodeAt(end - 1) * 131 +
        source.charCodeAt(start + (length >> 1)) * 17) &
      1023;
    const known = this.keySlots[slot] ?? 0;
    const text = this.keyTexts[known] ?? '';
    if (known !== 0 && text.length === length && source.startsWith(text, start)) return known;
    const id = this.keyId(source.slice(start, end));
    this.keySlots[slot] = id;
    return id;
  }

  private keyId(key: string): number {
    let id = this.keyIds.get(key);
    if (id === undefined) {
      const meaning = keyMeaning(key);
      id = this.keyTexts.push(key) - 1;
      this.keySuspicious.push(isSuspicious(key));
      this.keyNumbers.push(
        isOffsetKey(key)
          ? OFFSET
          : isPairValue(key) || (!meaning.stays && meaning.kinds.length > 0)
            ? TELLING
            : MEASURE,
      );
      this.keyIds.set(key, id);
    }
    return id;
  }
}

function grow(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function stringEnd(source: string, start: number): number {
  for (let end = source.indexOf('"', start); end >= 0; end = source.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (source.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** The end of a number or word. Plain whole numbers and decimals take the short way. */
function literalEnd(source: string, start: number): number {
  let at = start;
  let code = source.charCodeAt(at);
  if (code >= 0x31 && code <= 0x39) {
    do code = source.charCodeAt(++at);
    while (code >= 0x30 && code <= 0x39);
    if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return at;
  }
  LITERAL.lastIndex = start;
  if (!LITERAL.test(source)) throw notJson();
  return LITERAL.lastIndex;
}

/** The value of a JSON string without its quotes. */
export function decodeString(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    throw notJson();
  }
}

/** For each code unit of the decoded string, and its end, the offset in the raw one. */
export function escapeMap(raw: string): Int32Array {
  const map = new Int32Array(raw.length + 1);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    map[length++] = at;
    if (raw.charCodeAt(at) !== BACKSLASH) at++;
    else at += raw[at + 1] === 'u' ? 6 : 2;
  }
  map[length] = raw.length;
  return map.subarray(0, length + 1);
}
