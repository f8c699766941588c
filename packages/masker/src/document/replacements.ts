/** What takes the place of a finding. */
import type { Match } from '../model/match.ts';
import { TYPES } from '../types/registry.ts';
import type { Work } from './work.ts';

/**
 * The replacement of a match: its type's name, with a surrogate of the value when one is configured.
 *
 * @example of the CREDIT_CARD 4111 1111 1111 1111 -> "[CREDIT_CARD]"; with surrogates "[CREDIT_CARD:3f9a0c]"
 */
export function replacementOf(match: Match, { settings, tools }: Pick<Work, 'settings' | 'tools'>): string {
  if (match.replacement !== undefined) return match.replacement;
  const plain = settings.replacements[match.type];
  const { linking } = TYPES[match.type];
  if (tools.surrogate === undefined || linking === 'never' || match.canonical === '') return plain;
  const token = tools.surrogate(match.type, linking(match.canonical));
  return `${plain.slice(0, -1)}:${token}]`;
}

/**
 * New names for the members of one object; names that would become equal are numbered.
 *
 * @example of two names that both become "[EMAIL_MASKED]" -> "[EMAIL_MASKED]", "[EMAIL_MASKED]#2"
 */
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
