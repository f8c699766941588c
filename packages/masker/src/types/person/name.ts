import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** Names of people: no pattern finds them honestly, so a detector does. */
export const personName: PiiTypeDescriptor<'PERSON'> = {
  name: 'PERSON',
  replacement: '[PERSON]',
  enabled: 'by a detector',
  foundBy: 'Amazon Comprehend only',
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
