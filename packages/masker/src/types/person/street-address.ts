import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** Where people live: found by a detector. */
export const streetAddress: PiiTypeDescriptor<'STREET_ADDRESS'> = {
  name: 'STREET_ADDRESS',
  replacement: '[ADDRESS]',
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
