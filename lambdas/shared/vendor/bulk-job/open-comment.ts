import { CLOSE_BRACKET, COMMA, isSpace, OPEN_BRACE, OPEN_BRACKET, SLASH, STAR } from './json-bytes.ts';

/** Where a comment in JSON may end, byte by byte. */
export class OpenComment {
  /** Brackets open in it. */
  #depth = 0;
  #sawStar = false;
  /** A comma came last, blanks aside. */
  #sawComma = false;

  /** True with the slash that ends a block comment. */
  endsBlock(byte: number): boolean {
    const ends = this.#sawStar && byte === SLASH;
    this.#sawStar = byte === STAR;
    return ends;
  }

  /** True before what may end the comment where the array around it stands on one line: its next object, or its end. */
  endsElement(byte: number): boolean {
    const nextBegins = byte === OPEN_BRACE && this.#sawComma;
    if (!isSpace(byte)) this.#sawComma = byte === COMMA;
    if (byte === OPEN_BRACKET) this.#depth += 1;
    else if (byte === CLOSE_BRACKET) this.#depth -= 1;
    return nextBegins || this.#depth < 0;
  }
}
