import { CLOSE_BRACKET, COLON, isBlank, OPEN_BRACE, OPEN_BRACKET } from '../../../lib/json-bytes.ts';

/** The level of artifacts behind the wrapper's array, among its other members: there are none. */
const OUTSIDE = Number.POSITIVE_INFINITY;

/** How deep the result stands in its brackets, and at which level its artifacts do, which is all there is to its form. */
export class Levels {
  /** 0 where values follow each other, 1 inside an array, 2 inside the wrapper's array. */
  #ofItems = 0;
  #depth = 0;
  #sawValue = false;
  /** The first object may be the wrapper: its names are watched. */
  #maybeWrapper = false;
  /** The list's closing bracket was there; and something came after it that belongs to the list. */
  #closed = false;
  #wentOn = false;
  /** The last byte behind the wrapper's array that is no blank. */
  #last = 0;

  /** There was nothing but blanks and comments. */
  get isEmpty(): boolean {
    return !this.#sawValue;
  }

  get isBalanced(): boolean {
    return this.#depth === 0;
  }

  /** The values stood in a list, whose closing bracket proves that none is missing. */
  get endIsVisible(): boolean {
    return this.#closed && !this.#wentOn;
  }

  /** An item may begin here, or has just ended. */
  get isOfItems(): boolean {
    return this.#depth === this.#ofItems;
  }

  get isInList(): boolean {
    return this.#ofItems > 0;
  }

  get isBehindList(): boolean {
    return this.#ofItems === OUTSIDE;
  }

  /** The next string may be the name of the wrapper's array. */
  get mayNameList(): boolean {
    return this.#maybeWrapper && this.#depth === 1;
  }

  /** A value that is no object and no array, or a word in its place. */
  wordBegan(): void {
    this.#sawValue = true;
  }

  itemEnded(): void {
    this.#maybeWrapper = false;
    if (this.#closed) this.#wentOn = true;
  }

  /** The open item is broken: what comes next is at the level of items again. */
  giveUp(): void {
    this.#depth = this.#ofItems;
  }

  /**
   * Goes in by an opening bracket, which begins a list of artifacts, an item, or something in one.
   *
   * @param isNamed whether it stands behind the name of the wrapper's array
   */
  open(bracket: number, isNamed: boolean): 'list' | 'item' | 'part' {
    const isList = bracket === OPEN_BRACKET && (isNamed || (this.#depth === 0 && !this.#sawValue));
    const isItem = !isList && (this.isOfItems || this.#goesOnBehindTheEnd());
    this.#maybeWrapper = !isList && (this.#maybeWrapper || (!this.#sawValue && bracket === OPEN_BRACE));
    this.#sawValue = true;
    this.#depth += 1;
    if (isList) this.#ofItems = this.#depth;
    return isList ? 'list' : isItem ? 'item' : 'part';
  }

  /**
   * Goes out by a closing bracket, which ends the list of artifacts, an item, something in one, or nothing. The list's may
   * be one too many: what stands behind it is not left unread.
   */
  close(bracket: number): 'list' | 'item' | 'part' {
    if (!this.isOfItems) {
      this.#depth -= 1;
      return this.isOfItems ? 'item' : 'part';
    }
    if (bracket !== CLOSE_BRACKET) return 'part';
    this.#closed = true;
    this.#depth -= 1;
    this.#ofItems = this.#depth === 0 ? 0 : OUTSIDE;
    return 'list';
  }

  /** A byte that begins or ends something. */
  saw(byte: number): void {
    if (this.#ofItems === OUTSIDE && !isBlank(byte)) this.#last = byte;
  }

  /** An element behind the wrapper's array: a value of the wrapper's own members comes after a colon. */
  #goesOnBehindTheEnd(): boolean {
    if (this.#ofItems !== OUTSIDE || this.#depth !== 1 || this.#last === COLON) return false;
    this.#ofItems = 2;
    this.#depth = 2;
    return true;
  }
}
