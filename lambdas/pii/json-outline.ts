/** The outline of a JSON text, scanned without building a tree. */
import { look, lookAt, lookEnd, SUSPICIOUS } from './gates.ts';
import { decodeString, isBlank, literalEnd, nameEnd, notJson, numberEnd, stringEnd } from './json-lexer.ts';
import { KeyBook, MEASURE, OFFSET, TELLING } from './key-book.ts';
import { grown, KEY, NUMBER, Outline, STRING } from './outline.ts';
import { UnitWindow } from './unit-window.ts';

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

/** Leaves there is room for at first, and at most in an outline that is kept for the next document. */
const FIRST_LEAVES = 1 << 10;
const MAX_KEPT_LEAVES = 1 << 16;

/** Outlines whose documents are done: their arrays serve the next ones. */
const spare: JsonOutline[] = [];

export class JsonOutline extends Outline {
  source = '';
  /** Offsets in the source: of a string's content, of a number. */
  leafStart = new Int32Array(FIRST_LEAVES);
  leafEnd = new Int32Array(FIRST_LEAVES);
  private leafKeyId = new Int32Array(FIRST_LEAVES);
  private containerKeyId = new Int32Array(FIRST_LEAVES);
  /** Where each container opens in the source. */
  containerStart = new Int32Array(FIRST_LEAVES);
  private keys = KeyBook.forDocument();

  private constructor() {
    super(FIRST_LEAVES);
  }

  /** @throws SyntaxError when the text is not JSON */
  static of(source: string): JsonOutline {
    const outline = spare.pop() ?? new JsonOutline();
    outline.reset();
    outline.source = source;
    outline.keys = KeyBook.forDocument();
    outline.container(0, -1, 0, 0);
    outline.scan();
    return outline;
  }

  /** The outline is done with: nobody may look at it any more. */
  release(): void {
    this.source = '';
    if (this.leafStart.length <= MAX_KEPT_LEAVES) spare.push(this);
  }

  override text(leaf: number): string {
    const [start, end] = [this.leafStart[leaf] ?? 0, this.leafEnd[leaf] ?? 0];
    const raw = this.source.slice(start, end);
    return this.leafKind[leaf] !== NUMBER && raw.includes('\\') ? decodeString(raw) : raw;
  }

  override key(leaf: number): string {
    return this.keys.nameOf(this.leafKeyId[leaf] ?? 0);
  }

  override containerKey(container: number): string {
    return this.keys.nameOf(this.containerKeyId[container] ?? 0);
  }

  private leaf(
    kind: number,
    start: number,
    end: number,
    keyId: number,
    index: number,
    parent: number,
    flags: number,
  ): void {
    const leaf = this.addLeaf(kind, parent, index, flags);
    if (leaf >= this.leafStart.length) {
      this.leafStart = grown(this.leafStart);
      this.leafEnd = grown(this.leafEnd);
      this.leafKeyId = grown(this.leafKeyId);
    }
    this.leafStart[leaf] = start;
    this.leafEnd[leaf] = end;
    this.leafKeyId[leaf] = keyId;
  }

  private container(keyId: number, index: number, parent: number, start: number): number {
    const container = this.addContainer(parent, index);
    if (container >= this.containerKeyId.length) {
      this.containerKeyId = grown(this.containerKeyId);
      this.containerStart = grown(this.containerStart);
    }
    this.containerKeyId[container] = keyId;
    this.containerStart[container] = start;
    return container;
  }

  private scan(): void {
    const { source, keys } = this;
    const { length } = source;
    const window = new UnitWindow(source);
    let { units } = window;
    /** Place of the window in the source, and where it ends: there stands a quote that is not of the source. */
    let { base, limit } = window;
    const parents: number[] = [];
    /** Next position in each open array; -1 in an object. */
    const indexes: number[] = [];
    let parent = 0;
    let index = -1;
    let keyId = 0;
    let state = VALUE;

    /** Member name before; names mostly come in the same order. */
    let lastKeyId = 0;
    let at = 0;
    /** The window ends in the middle of what begins at `at`. */
    let isCut = false;
    for (;;) {
      if (at >= limit || isCut) {
        if (base + at >= length) break;
        window.moveTo(base + at);
        units = window.units;
        base = window.base;
        limit = window.limit;
        at = 0;
        isCut = false;
      }
      const code = units[at] as number;
      if (code === QUOTE) {
        const start = at + 1;
        if (state === KEY_NEXT || state === KEY_OR_END) {
          keyId = keys.after(lastKeyId, units, start, limit);
          let end = start + keys.lengthOf(keyId);
          if (keyId < 0) {
            end = nameEnd(units, start);
            if (end >= limit) {
              if (base + limit >= length) throw notJson();
              isCut = true;
              continue;
            }
            if (units[end] === BACKSLASH) {
              end = stringEnd(source, base + start) - base;
              keyId = keys.idOf(decodeString(source.slice(base + start, base + end)));
            } else keyId = keys.idOf(source.slice(base + start, base + end));
            keys.expect(lastKeyId, keyId);
          }
          lastKeyId = keyId;
          if (keys.flagsOf(keyId) !== 0) this.leaf(KEY, base + start, base + end, keyId, -1, parent, SUSPICIOUS);
          at = end + 1;
          if (at >= limit || units[at] !== COLON) {
            while (isBlank(source.charCodeAt(base + at))) at++;
            if (source.charCodeAt(base + at) !== COLON) throw notJson();
          }
          at++;
          state = VALUE;
        } else if (state === VALUE || state === VALUE_OR_END) {
          let flags = look(units, start);
          let end = lookEnd;
          if (end >= limit) {
            if (base + limit >= length) throw notJson();
            isCut = true;
            continue;
          }
          if (units[end] === BACKSLASH) {
            end = stringEnd(source, base + start) - base;
            flags = lookAt(decodeString(source.slice(base + start, base + end)));
          }
          this.leaf(STRING, base + start, base + end, keyId, index, parent, flags);
          at = end + 1;
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
        if (!isBlank(code)) throw notJson();
        at++;
      } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        if (state !== VALUE && state !== VALUE_OR_END) throw notJson();
        const container = this.container(keyId, index, parent, base + at);
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
      } else {
        if (state !== VALUE && state !== VALUE_OR_END) throw notJson();
        let end = numberEnd(units, at);
        if (end === 0 || end >= limit) end = literalEnd(source, base + at) - base;
        const use = code < 0x40 ? keys.useOf(keyId) : MEASURE;
        if (use === OFFSET || (use === TELLING && end - at >= 3))
          this.leaf(NUMBER, base + at, base + end, keyId, index, parent, use === TELLING ? SUSPICIOUS : 0);
        at = end;
        state = AFTER_VALUE;
      }
    }
    window.release();
    if (state !== AFTER_VALUE || parents.length > 0) throw notJson();
  }
}
