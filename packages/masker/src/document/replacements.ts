/** What takes the place of a finding. */
import type { Match } from '../model/match.ts';
import type { MaskSettings, MaskTools } from '../model/options.ts';
import type { PiiType } from '../model/pii-types.ts';

/** Types that never get a surrogate: few enough values that a token could be guessed back, or too dear to link. */
const NEVER_LINKED: ReadonlySet<PiiType> = new Set([
  'CREDIT_CARD',
  'CREDIT_CARD_CVV',
  'CREDIT_CARD_EXPIRY',
  'CREDIT_CARD_LAST4',
  'US_SSN',
  'US_SSN_LAST4',
  'US_ITIN',
  'PIN',
  'PASSWORD',
]);

/** The replacement of a match: its type's name, with a surrogate of the value when one is configured. */
export function replacementOf(match: Match, settings: MaskSettings, tools: MaskTools): string {
  if (match.replacement !== undefined) return match.replacement;
  const plain = settings.replacements[match.type];
  if (tools.surrogate === undefined || NEVER_LINKED.has(match.type) || match.canonical === '') return plain;
  const token = tools.surrogate(match.type, linkable(match));
  return `${plain.slice(0, -1)}:${token}]`;
}

/** One spelling per value: a North American number with and without its country code is the same number. */
function linkable({ type, canonical }: Match): string {
  if (type !== 'PHONE_NUMBER') return canonical;
  const [number = '', extension] = canonical.split('x');
  const digits = number.replace(/\D/g, '');
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return extension === undefined ? national : `${national}x${extension}`;
}

/** New names for the members of one object; names that would become equal are numbered. */
export function renameKeys(keys: readonly string[], masked: ReadonlyMap<string, string>): Map<string, string> {
  const taken = new Set(keys.filter((key) => !masked.has(key)));
  const names = new Map<string, string>();
  /** How often each name was wanted: the search for a free number goes on where it ended. */
  const numbers = new Map<string, number>();
  for (const key of keys) {
    const wanted = masked.get(key);
    if (wanted === undefined || names.has(key)) continue;
    let name = wanted;
    let number = numbers.get(wanted) ?? 1;
    while (taken.has(name)) name = `${wanted}#${++number}`;
    numbers.set(wanted, number);
    taken.add(name);
    names.set(key, name);
  }
  return names;
}
