/** The names of the months, in the languages whose words for a birthday are known. */
const NAMES = [
  'january jan enero januar janvier',
  'february feb febrero februar',
  'march mar marzo mars',
  'april apr abril avril',
  'may mayo mai',
  'june jun junio juni juin',
  'july jul julio juli juillet',
  'august aug agosto',
  'september sept sep septiembre',
  'october oct octubre oktober octobre',
  'november nov noviembre novembre',
  'december dec diciembre dezember',
];

/** Numbers of the months by name, from 1. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
