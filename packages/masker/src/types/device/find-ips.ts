/** IP addresses, written and spoken. */

import type { Span } from '../../model/pii-types.ts';
import { type Atom, TIGHT_GAP } from '../../numbers/atom.ts';
import type { Tokens } from '../../text/tokens.ts';

const IPV4 =
  /(?<![\w.])(?<!\d[-/])((?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))(\/(?:3[0-2]|[12]?\d)(?!\d))?(?![\w])(?!-[A-Za-z])/g;
/** Without these there is neither form: most texts are told by them. */
const TWO_COLONS = /:[0-9a-fA-F]{0,4}:/;
const POINT_AMID_DIGITS = /\d\.\d/;
const VERSION_BEFORE =
  /(?:\bv|\bver|versions?|firmware|build|releases?|release notes|released|changelog|upgraded?|downgraded?|software|driver|section|chapter|figure|ios|android|kernel|patch|update|oid)\.?\s{0,3}(?:number|no|is|to|was|:|#|=)?\s{0,3}$/i;
/** "Chrome/120.0.0.0" */
/** "- 2.10.4.1: fixes", "## [1.84.1.0] - 2026-09-02": the heading of what a version brings. */
const HEADING_BEFORE = /(?:^|\n)[ \t]{0,4}(?:[-*#]{1,4}[ \t]{1,4}\[?|\[)$/;
const HEADING_AFTER = /^\]?(?:[ \t]{0,3}[-\u2013(][ \t]{0,2}\d{4}-\d\d-\d\d|:|[ \t]*(?:\n|$))/;
const PRODUCT_BEFORE = /\b[A-Z][A-Za-z]{1,20}\/$/;
const ADDRESS_BEFORE = /\b(?:ip|ipv4|host|server|address|from|gateway|dns|login)\b[^.]{0,16}$/i;
const IPV6_RUN = /(?:[0-9a-fA-F]{0,4}:){2,9}[0-9a-fA-F.:]{0,24}/g;
const ZONE_AND_PREFIX = /^(?:%[A-Za-z0-9]{1,15})?(?:\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?!\d))?/;

/**
 * Dotted quads (not software versions) and every IPv6 form, with zone and prefix length.
 *
 * @example findIpAddresses('from 192.0.2.17') // [{ type: 'IP_ADDRESS', start: 5, end: 15 }]
 */
export function findIpAddresses(text: string): Span[] {
  const spans = text.includes(':') && TWO_COLONS.test(text) ? findIpv6(text) : [];
  const longForms = spans.length;
  if (text.includes('.') && POINT_AMID_DIGITS.test(text)) {
    // Both are in order: one step through the long forms is enough.
    let next = 0;
    let versions = 0;
    for (const match of text.matchAll(IPV4)) {
      const start = match.index;
      const end = start + match[0].length;
      while (next < longForms && (spans[next]?.end ?? 0) <= start) next++;
      if (next < longForms && (spans[next]?.start ?? end) < end) continue;
      // "1.2.3.4.5" numbers a paragraph.
      if (end - start === 7 && /^\.\d/.test(text.slice(end, end + 2))) continue;
      if (PRODUCT_BEFORE.test(text.slice(Math.max(0, start - 24), start))) continue;
      if (VERSION_BEFORE.test(text.slice(Math.max(0, start - 24), start)) || isHeading(text, start, end)) {
        versions++;
        continue;
      }
      // "version 10.4.2.11 crashes, 10.4.1.9 was fine"
      if (versions > 0 && !ADDRESS_BEFORE.test(text.slice(Math.max(0, start - 24), start))) continue;
      spans.push({ type: 'IP_ADDRESS', start, end });
    }
  }
  return spans;
}

function isHeading(text: string, start: number, end: number): boolean {
  return (
    HEADING_BEFORE.test(text.slice(Math.max(0, start - 10), start)) && HEADING_AFTER.test(text.slice(end, end + 18))
  );
}

/** "ten dot zero dot one dot ninety nine": four spoken numbers up to 255 with the word "dot" between them. */
export function findSpokenIps(tokens: Tokens, runs: readonly (readonly Atom[])[]): Span[] {
  const spans: Span[] = [];
  const close = (octets: readonly (readonly Atom[])[]): void => {
    const [start, end] = [octets[0]?.[0]?.start, octets.at(-1)?.at(-1)?.end];
    if (octets.length === 4 && octets.every(isOctet) && start !== undefined && end !== undefined)
      spans.push({ type: 'IP_ADDRESS', start, end });
  };
  for (const run of runs) {
    let octets: Atom[][] = [];
    for (const atom of run) {
      const before = octets.at(-1)?.at(-1);
      if (before !== undefined && isDotBetween(tokens, before, atom)) octets.push([atom]);
      else if (before !== undefined && before.last + 1 === atom.first && atom.gap === TIGHT_GAP)
        octets.at(-1)?.push(atom);
      else {
        close(octets);
        octets = [[atom]];
      }
    }
    close(octets);
  }
  return spans;
}

function isOctet(atoms: readonly Atom[]): boolean {
  const digits = atoms.map((atom) => atom.digits).join('');
  return digits.length <= 3 && Number(digits) <= 255;
}

function isDotBetween(tokens: Tokens, before: Atom, after: Atom): boolean {
  const sign = tokens.words[after.first - 1];
  return after.first - before.last === 2 && (sign === 'dot' || sign === 'point');
}

function findIpv6(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(IPV6_RUN)) {
    const candidate = match[0].replace(/[.:]+$/, (tail) => (tail.startsWith('::') ? '::' : ''));
    const start = match.index;
    let end = start + candidate.length;
    const before = text[start - 1] ?? '';
    if (/[\w:.]/.test(before) || /[\w:]/.test(text[end] ?? '') || !isIpv6(candidate, text, start)) continue;
    end += ZONE_AND_PREFIX.exec(text.slice(end, end + 24))?.[0].length ?? 0;
    spans.push({ type: 'IP_ADDRESS', start, end });
  }
  return spans;
}

function isIpv6(candidate: string, text: string, start: number): boolean {
  if (candidate === '::') {
    return (
      /^\/\d/.test(text.slice(start + 2, start + 4)) ||
      /(?:ipv6|\bip|=|unspecified|address)\s?:?\s?$/i.test(text.slice(Math.max(0, start - 14), start))
    );
  }
  const halves = candidate.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  let count = groups.length;
  if (last.includes('.')) {
    if (!/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/.test(last)) return false;
    groups.pop();
    count++;
  }
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  if (halves.length === 2) return count <= 8;
  // Nine groups are one too many, yet nothing but an address is written like that.
  return count === 8 || (count === 9 && /\bip\b/i.test(text.slice(Math.max(0, start - 16), start)));
}
