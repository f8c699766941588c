import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** Names of people: told by a lexicon and the words around them; its rules are in `people/` and `records/`. */
export const personName: PiiTypeDescriptor<'PERSON'> = {
  name: 'PERSON',
  replacement: '[PERSON]',
  enabled: 'by default',
  foundBy:
    'a lexicon of names beside a dictionary of ordinary words, and the words around it: "my name is", "this is … calling", titles, greetings, signatures, answers; wherever the record says it again',
  announcedBy: [],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: false,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: undefined,
  digits: undefined,
};
