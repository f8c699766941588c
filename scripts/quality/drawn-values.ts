/** Values for the drawn part of the corpus. None is anybody's: reserved phone ranges, test cards, domains of examples. */
import type { Random } from '../../emulator/stand-ins/cxone/generator/random.ts';

type List = readonly [string, ...string[]];

const split = (text: string): List => text.split(' ') as unknown as List;

const FIRST = split(
  'Amara Bettina Cormac Dilnoza Emeka Fiona Giulia Hamid Ines Jorge Katarzyna Lamar Mireille Noor Otis Parvati Quentin Renée Soren Tatiana Umar Violet Wanda Xavier Yuki Zoltan April Miles Hunter Sage',
);
const LAST = split(
  'Abbott Bajwa Carvalho Dimitriou Eklund Fitzroy Gallagher Haddad Ivanova Jankowski Kipkemboi Lombardi Mendez Nakamura Oduya Pellegrini Quispe Rosenthal Sithole Truong Underhill Vasquez Wozniak Yilmaz Zielinski Baker Young Price',
);
const STREETS = split('Birch Harbor Millstone Prospect Quarry Sumac Tamarack Wickham Juniper Foxglove Meadow Chapel');
const SUFFIXES = split('Street Avenue Road Drive Lane Court');
const TOWNS = ['Dayton, OH 45402', 'Tempe, AZ 85281', 'Macon, GA 31201', 'Provo, UT 84601'] as const;
const AREAS = split('205 313 402 503 605 717 808 907 208 615');
const CARDS = split(
  '4242424242424242 4111111111111111 5555555555554444 4012888888881881 5105105105105100 6011000990139424',
);
const DOMAINS = split('example.com example.org example.net');
const MONTHS = split('January March April June August October December');
const DIGITS = split('zero one two three four five six seven eight nine');
/** Three digits that begin a social security number and were not given out before numbers were drawn at random in 2011. */
const SSN_AREA = { from: 774, to: 899 };

/** Figures as a caller says them: `401` -> `four zero one`; what is no figure is left out. */
const spoken = (figures: string): string => (figures.match(/\d/g) ?? []).map((d) => DIGITS[Number(d)]).join(' ');

const WRITTEN: Readonly<Record<string, (random: Random) => string>> = {
  first: (random) => random.pick(FIRST),
  last: (random) => random.pick(LAST),
  name: (random) => `${random.pick(FIRST)} ${random.pick(LAST)}`,
  street: (random) => `${random.int(11, 9899)} ${random.pick(STREETS)} ${random.pick(SUFFIXES)}`,
  address: (random) =>
    `${random.int(11, 9899)} ${random.pick(STREETS)} ${random.pick(SUFFIXES)}, Apt ${random.int(2, 40)}, ${random.pick(TOWNS)}`,
  phone: (random) => `${random.pick(AREAS)}-555-01${random.int(10, 99)}`,
  card: (random) => random.pick(CARDS).replace(/(.{4})(?=.)/g, '$1 '),
  expiry: (random) => `${String(random.int(1, 12)).padStart(2, '0')}/${random.int(27, 33)}`,
  three: (random) => random.digits(3),
  four: (random) => random.digits(4),
  six: (random) => random.digits(6),
  nine: (random) => random.digits(9),
  ssn: (random) => `${random.int(SSN_AREA.from, SSN_AREA.to)}-${random.int(11, 98)}-${random.digits(4)}`,
  birth: (random) => `${random.pick(MONTHS)} ${random.int(1, 28)}, ${random.int(1941, 2006)}`,
  email: (random) =>
    `${random.pick(FIRST)}.${random.pick(LAST)}@${random.pick(DOMAINS)}`
      .normalize('NFD')
      .replace(/[^\w.@]/g, '')
      .toLowerCase(),
};

/**
 * A value of a kind, as it is written or as it is said.
 *
 * @throws Error for a kind that there is none of
 * @example drawValue('phone', random, false) // '503-555-0142'
 */
export function drawValue(kind: string, random: Random, isSpoken: boolean): string {
  const written = WRITTEN[kind]?.(random);
  if (written === undefined) throw new Error(`no values of the kind ${kind}`);
  if (!isSpoken) return written;
  if (kind === 'email') return written.replace(/\./g, ' dot ').replace('@', ' at ');
  return written
    .toLowerCase()
    .replace(/\d+/g, (figures) => ` ${spoken(figures)} `)
    .replace(/[,/-]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
