import type { TypeTable } from '../type-table.ts';

export const table: TypeTable = {
  type: 'DATE_OF_BIRTH',
  personal: [
    'born {DATE_OF_BIRTH|9 March 1977}',
    'my dob is {DATE_OF_BIRTH|3/3/80}',
    'date of birth {DATE_OF_BIRTH|1977-03-09}',
    'my birthday is {DATE_OF_BIRTH|the third of may}',
    'dob: {DATE_OF_BIRTH|03091977}',
    'I was born on {DATE_OF_BIRTH|march ninth nineteen seventy seven}',
    'my birthday is {DATE_OF_BIRTH|4/5}',
    'birth date {DATE_OF_BIRTH|12/31/1999}',
  ],
  ordinary: [
    'see you on 9 March 1977',
    'the meeting is 3/3/26',
    'order date 1977-03-09',
    'my birthday was great',
    'born in Madrid',
    'the baby is due 4/5',
    'invoice date 12/31/1999',
    'version 3.3.80',
  ],
};
