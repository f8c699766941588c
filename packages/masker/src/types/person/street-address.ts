import { type PiiTypeDescriptor, ungrouped } from '../descriptor.ts';

/** Where people live; its rules are in `addresses/` and `records/`. */
export const streetAddress: PiiTypeDescriptor<'STREET_ADDRESS'> = {
  name: 'STREET_ADDRESS',
  replacement: '[ADDRESS]',
  enabled: 'by default',
  foundBy:
    'house number and street with unit, city, state and postcode; PO boxes; written and spoken; answers over several turns',
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
