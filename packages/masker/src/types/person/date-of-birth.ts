import { type PiiTypeDescriptor, ungrouped, worth } from '../descriptor.ts';

/** Birthdays, with or without a year. */
export const dateOfBirth: PiiTypeDescriptor<'DATE_OF_BIRTH'> = {
  name: 'DATE_OF_BIRTH',
  replacement: '[DATE_OF_BIRTH]',
  enabled: 'by default',
  foundBy: 'a date beside birth words, with or without a year (`4/5` too)',
  announcedBy: [
    {
      kind: 'DOB',
      answer: 'short',
      plain: 'words',
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        date of birth
        dob
        d o b
        birth date
        birthdate
        birthday
        bday
        b day
        birth day
        born
        born on
        born in
        was born
        birth
        birthdays
        month day and year of birth
        day you were born
        date o birth
        dates of birth
        birthdate is
        year of birth
        birth year
        fecha de nacimiento
        geburtsdatum
        date de naissance
        nacimiento
        naissance
        geboren
        née le
      `,
    },
  ],
  linking: (canonical) => canonical,
  spelling: ungrouped,
  spansTurns: true,
  readBack: false,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: 'DOB',
  digits: {
    byShape: undefined,
    byWords: {
      DOB: (shape) =>
        worth(
          2.2,
          shape.readings.find((digits) => isBirthDate(digits) && (digits.length > 3 || shape.groups === '1-2')),
        ),
    },
    lastFourOf: [],
    follows: undefined,
    outweighsTopic: undefined,
    outweighsExclusion: undefined,
    isAmount: undefined,
    whenCorrected: undefined,
    extent: undefined,
  },
};

function isBirthDate(digits: string): boolean {
  return (
    /^(?:(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])(?:(?:19|20)?\d{2})?|(?:0?[1-9]|[12]\d|3[01])(?:0?[1-9]|1[0-2])(?:(?:19|20)?\d{2})?|(?:19|20)\d{2}(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?)$/.test(
      digits,
    ) && digits.length >= 3
  );
}
