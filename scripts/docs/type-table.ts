/** What is written from the registry of the masker's types: the table that options are checked against, and that of the documentation. */
import { ANNOUNCEMENTS, TYPE_LIST } from '../../packages/masker/src/types/registry.ts';

const list = (items: readonly string[]): string => items.map((item) => `  '${item}',\n`).join('');

/** The text of `packages/masker/src/model/type-table.ts`, so that what only needs names loads no rules. */
export function typeTable(): string {
  const named = (enabled: (typeof TYPE_LIST)[number]['enabled']): readonly string[] =>
    TYPE_LIST.filter((type) => type.enabled === enabled).map(({ name }) => name);
  return `/** Written by \`npm run docs\` from \`types/registry.ts\`: names alone, so that who checks options loads no rules. */

/** Found by shape, check digit or context without being asked for. */
export const DEFAULT_TYPES = [
${list(named('by default'))}] as const;

/** Found only when the options switch them on. */
export const OPT_IN_TYPES = [
${list(named('on request'))}] as const;

/** Every type of personal data that the rules find. */
export const PII_TYPES = [...DEFAULT_TYPES, ...OPT_IN_TYPES] as const;
export type PiiType = (typeof PII_TYPES)[number];

/** What stands in the place of a value of each type, unless the options say otherwise. */
export const DEFAULT_REPLACEMENTS: Readonly<Record<PiiType, string>> = {
${TYPE_LIST.map(({ name, replacement }) => `  ${name}: '${replacement}',\n`).join('')}};

/**
 * What a phrase announces. \`EXCLUSION\` and \`UNIT\` free a number; \`NUMBER\` announces weakly. \`TOPIC\` is no phrase: an
 * earlier turn talks of something that frees without asking for its number.
 */
export type TermKind =
${ANNOUNCEMENTS.map(({ kind }) => `  | '${kind}'\n`).join('')}  | 'TOPIC';
`;
}

/**
 * The types for people, as a table in Markdown: those that are on by default, or the others.
 *
 * @example typeRows(true) // '| type | replacement | found by |\n|---|---|---|\n| `EMAIL_ADDRESS` | …'
 */
export function typeRows(isDefault: boolean): string {
  const rows = TYPE_LIST.filter(({ enabled }) => (enabled === 'by default') === isDefault).map(
    ({ name, replacement, foundBy }) => `| \`${name}\` | \`${replacement}\` | ${foundBy} |`,
  );
  return ['| type | replacement | found by |', '|---|---|---|', ...rows].join('\n');
}
