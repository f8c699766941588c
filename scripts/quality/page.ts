/** `docs/masking-quality.md`, from the figures alone. */
import type { Figures, HalfFigures } from './figures.ts';
import { sumTable, typeTable, versionRow } from './tables.ts';

const INTRODUCTION = `What the masker finds and what it leaves, measured. \`npm run quality\` scores the rules in force over a labelled corpus and writes
this page; a test fails when rules or corpus have changed since.

**Read these figures as the best case.** The corpus was written for this project, by one hand and without looking at the rules
([how](../test/quality/README.md)); its sentences are cleaner than calls are, and those who write rules see half of it. Text that nobody here has
seen scores lower, names and addresses most of all. \`transcripts sample\` measures your own data: it draws interactions, a person
marks what was missed, and the same figures come out.

- **found**: every letter and digit of what was marked is masked, under whatever type.
- **false alarm**: something is masked that touches nothing marked.
- **over-masking**: letters and digits that are masked, of all that should stay.
- **lower case**: the same text once more without capitals and sentence marks, as many recognisers write it.
- In parentheses: 95% intervals (Wilson). Where they are wide, there is too little of it to say more.
- Items are masked for their country (\`regions\`), everything else by default; types that are off by default count only where a file
  of the corpus is about them.`;

/**
 * The page for a version of the rules.
 *
 * @throws Error where the open half was not scored for it
 * @example qualityPage(readFigures(), '1.3.0').startsWith('# How well personal data is masked') // true
 */
export function qualityPage(figures: Figures, version: string): string {
  const { open, held } = figures[version] ?? {};
  if (open === undefined) throw new Error(`rules ${version} were not scored: npm run quality`);
  return [
    '# How well personal data is masked',
    `Rules ${version}, corpus \`${open.corpus}\`.`,
    INTRODUCTION,
    ...halfSection('The open half', 'Those who write rules see this half, its misses too.', open),
    ...(held === undefined
      ? [
          '## The held half',
          'Not scored for these rules: that is done once, for a publication (`npm run quality -- --held`).',
        ]
      : halfSection(
          'The held half',
          'Nobody who wrote rules has read this half; it was scored for a publication only.',
          held,
        )),
    '## Versions of the rules',
    [
      '| rules | found in the open half | found in the held half |',
      '|---|---|---|',
      ...Object.entries(figures).map(([name, { open: one, held: other }]) => versionRow(name, one, other)),
    ].join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function halfSection(title: string, what: string, figures: HalfFigures): string[] {
  const { conversations, utterances, all } = figures;
  const { words } = all['as written'];
  return [
    `## ${title}`,
    `${conversations} conversations and ${utterances} single utterances, ${words} words. ${what}`,
    sumTable(figures),
    typeTable(figures),
  ];
}
