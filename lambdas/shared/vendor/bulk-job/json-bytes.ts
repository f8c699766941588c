/** The bytes that mean something in JSON, all of them ASCII: a UTF-8 text can be read byte by byte. Pure. */

/** `"` */
export const QUOTE = 0x22;
/** `#` */
export const HASH = 0x23;
/** `*` */
export const STAR = 0x2a;
/** `,` */
export const COMMA = 0x2c;
/** `/` */
export const SLASH = 0x2f;
/** `:` */
export const COLON = 0x3a;
/** `\` */
export const BACKSLASH = 0x5c;
/** `{` */
export const OPEN_BRACE = 0x7b;
/** `}` */
export const CLOSE_BRACE = 0x7d;
/** `[` */
export const OPEN_BRACKET = 0x5b;
/** `]` */
export const CLOSE_BRACKET = 0x5d;
/** LF, which also ends a line of CRLF. */
export const NEWLINE = 0x0a;

/**
 * True for what JSON calls white space.
 *
 * @example isSpace(0x0d) // true
 */
export const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/**
 * The last byte before `end` that is no white space; `otherwise` where there is none.
 *
 * @example lastOf(Buffer.from('[1, '), 4, COLON) // COMMA
 */
export function lastOf(chunk: Buffer, end: number, otherwise: number): number {
  for (let at = end - 1; at >= 0; at -= 1) {
    const byte = chunk[at] as number;
    if (!isSpace(byte)) return byte;
  }
  return otherwise;
}
