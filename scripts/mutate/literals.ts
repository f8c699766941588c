/** Other values for numbers, texts, truth values and patterns. */
import { type Change, instead } from './change.ts';
import type { Node } from './syntax.ts';

/** Up to here one more or less is the likely slip; beyond it, a wrong size. */
const SMALL = 16;

/**
 * The other values a literal may have by mistake; none for what is no literal.
 *
 * @example of the node `3` -> changes to "4" and "2"
 */
export function changesOfLiteral(node: Node): Change[] {
  switch (node.type) {
    case 'BooleanLiteral':
      return instead(node, String(!node.value));
    case 'NumericLiteral':
      return instead(node, ...otherNumbers(node.value).map(String));
    case 'StringLiteral':
      return instead(node, JSON.stringify(otherText(node.value)));
    case 'TemplateElement':
      return node.value.raw === '' ? [] : instead(node, '');
    case 'RegExpLiteral':
      return instead(node, ...otherPatterns(node.pattern, node.flags));
    default:
      return [];
  }
}

/**
 * Numbers that may be meant.
 *
 * @example otherNumbers(3) // [4, 2]
 * @example otherNumbers(90) // [180, 45]
 */
export function otherNumbers(value: number): number[] {
  if (!Number.isInteger(value) || value > SMALL) return [value * 2, Number.isInteger(value) ? value >> 1 : value / 2];
  return value === 0 ? [1] : [value + 1, value - 1];
}

/**
 * Another text: without a word in the middle where there are several, else empty.
 *
 * @example otherText('one two three') // 'one three'
 */
export function otherText(text: string): string {
  if (text === '') return '~';
  const words = text.split(' ');
  return words.length < 3 ? '' : words.toSpliced(words.length >> 1, 1).join(' ');
}

/** What may be forgotten in a pattern, or be off by one; each in the first place where it occurs. */
const PATTERN_SLIPS: readonly [RegExp, (...found: string[]) => string][] = [
  [/^\^/, () => ''],
  [/\$$/, () => ''],
  [/\\b/, () => ''],
  [/(?<!\\)\+(?!\?)/, () => '*'],
  [/\{(\d+)/, (_, least = '') => `{${Number(least) + 1}`],
  [/,(\d+)\}/, (_, most = '') => `,${Number(most) - 1}}`],
  [/\\d/, () => '\\w'],
];

/**
 * Patterns with a slip, as literals; only those that are patterns still.
 *
 * @example
 * otherPatterns('^[a-z]{2,4}$', 'i')
 * // ['/[a-z]{2,4}$/i', '/^[a-z]{2,4}/i', '/^[a-z]{3,4}$/i', '/^[a-z]{2,3}$/i', '/^[a-z]{2,4}$/']
 */
export function otherPatterns(pattern: string, flags: string): string[] {
  const slips = PATTERN_SLIPS.map(([slip, text]): [string, string] => [pattern.replace(slip, text), flags]);
  return [...slips, [pattern, flags.replace('i', '')] as [string, string]]
    .filter(([other, otherFlags]) => other !== '' && (other !== pattern || otherFlags !== flags))
    .filter(([other, otherFlags]) => isPattern(other, otherFlags))
    .map(([other, otherFlags]) => `/${other}/${otherFlags}`);
}

function isPattern(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
