/** E-mail addresses around an `@`. */

import type { Span } from '../../model/pii-types.ts';
import { isLetterOrDigit } from '../../text/ascii.ts';

const LOCAL_CHARACTER = /[\p{L}\p{N}\p{M}.!$*+_^`{|}~%'-]/u;
const DOMAIN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_-]{0,62})(?:\.[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,62}){1,8}/uy;
/** A comma typed for the dot, or said for it: "ana@example,com". */
const COMMA_DOMAIN = /[\p{L}\p{N}][\p{L}\p{N}-]{0,62},(?:com|net|org|edu|co\.uk)(?![\p{L}\p{N}])/uy;
const QUOTED_LOCAL = /(?:^|[^\w"\\])("[^"\\@\r\n]{1,62}")$/;
const IP_DOMAIN = /\[[0-9a-fA-F:.]{2,45}\]/y;

/**
 * Addresses around an `@`.
 *
 * @example findTypedEmails('mail ann@example.com') // [{ type: 'EMAIL_ADDRESS', start: 5, end: 20 }]
 */
export function findTypedEmails(text: string): Span[] {
  const spans: Span[] = [];
  let floor = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at < floor) continue;
    const end = domainEnd(text, at + 1);
    if (end === undefined) continue;
    const start = localStart(text, at, floor);
    if (start === undefined) continue;
    spans.push({ type: 'EMAIL_ADDRESS', start, end });
    floor = end;
  }
  return spans;
}

function domainEnd(text: string, from: number): number | undefined {
  // Blanks around the sign come from line wrapping and recognisers.
  DOMAIN.lastIndex = from;
  let match = DOMAIN.exec(text)?.[0];
  if (match === undefined) {
    COMMA_DOMAIN.lastIndex = from;
    const typo = COMMA_DOMAIN.exec(text)?.[0];
    if (typo !== undefined) return from + typo.length;
    IP_DOMAIN.lastIndex = from;
    const literal = IP_DOMAIN.exec(text)?.[0];
    return literal === undefined ? undefined : from + literal.length;
  }
  // The last label is letters (or punycode); digits right after it belong to something else.
  while (match.includes('.')) {
    const labelAt = match.lastIndexOf('.') + 1;
    const label = (ASCII_LABEL.exec(match.slice(labelAt)) ?? TOP_LABEL.exec(match.slice(labelAt)))?.[0];
    if (label !== undefined && !FILE_ENDING.test(label)) return from + labelAt + label.length;
    match = match.slice(0, labelAt - 1);
  }
  return undefined;
}

/** Letters of scripts that set no blanks between words. */
const UNSPACED = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const TOP_LABEL = /^(?:xn--[a-z0-9-]{1,58}[a-z0-9]|\p{L}[\p{L}\p{M}]{1,62})/iu;
/** "com谢谢" */
const ASCII_LABEL = /^[a-z]{2,24}(?=[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])/i;
/** "icon@2x.png" is a file. */
const FILE_ENDING = /^(?:png|jpe?g|gif|svg|webp|css|js)$/i;

/** Letters and digits are the common case; the pattern knows the rest. */
function isLocal(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isLetterOrDigit(code) || (code !== 0x20 && LOCAL_CHARACTER.test(text[at] ?? ''));
}

function localStart(text: string, at: number, floor: number): number | undefined {
  if (text[at - 1] === '"') {
    const quoted = QUOTED_LOCAL.exec(text.slice(Math.max(floor, at - 66), at))?.[1];
    return quoted === undefined ? undefined : at - quoted.length;
  }
  let start = at;
  while (start > floor && at - start < 64 && isLocal(text, start - 1)) {
    // "联系ana@example.com": words without blanks between them end where letters of ASCII begin.
    if (UNSPACED.test(text[start - 1] ?? '') && start < at && (text.charCodeAt(start) ?? 0) < 0x80) break;
    start--;
  }
  while (start < at && /[.!$*^`{|}~%'-]/.test(text[start] ?? '')) start++;
  return start === at ? undefined : start;
}
