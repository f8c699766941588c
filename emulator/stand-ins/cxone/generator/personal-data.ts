import type { Random } from './random.ts';

/** The types that are planted: those that have a form the leak check of a test can tell without the masker. */
export const PERSONAL_DATA_TYPES = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'CREDIT_CARD',
  'CREDIT_CARD_CVV',
  'DATE_OF_BIRTH',
  'IBAN_CODE',
  'IP_ADDRESS',
  'US_BANK_NUMBER',
  'PIN',
] as const;
export type PersonalDataType = (typeof PERSONAL_DATA_TYPES)[number];

/** An invented person; each value is well-formed (Luhn, mod 97, valid areas), and no real person has it. */
export interface Person {
  firstName: string;
  lastName: string;
  values: Record<PersonalDataType, string>;
}

const FIRST_NAMES = ['Maria', 'James', 'Aisha', 'Wei', 'Olga', 'Daniel', 'Priya', 'Tom', 'Fatima', 'Lucas'] as const;
const LAST_NAMES = [
  'Lopez',
  'Miller',
  'Khan',
  'Chen',
  'Novak',
  'Okafor',
  'Rossi',
  'Schmidt',
  'Patel',
  'Brown',
] as const;
const MAIL_DOMAINS = ['gmail.com', 'outlook.com', 'yahoo.com', 'example.com', 'example.org'] as const;
const AREA_CODES = ['212', '415', '303', '617', '206', '512', '702', '404'] as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/**
 * An invented person, drawn from `random`: the same state of the generator gives the same person.
 *
 * @example createPerson(createRandom('seed')).values.IP_ADDRESS // '203.0.113.…', of the range for documentation
 */
export function createPerson(random: Random): Person {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const local = `${firstName}.${lastName}`.toLowerCase() + (random.chance(0.5) ? String(random.int(10, 99)) : '');
  return {
    firstName,
    lastName,
    values: {
      EMAIL_ADDRESS: `${local}@${random.pick(MAIL_DOMAINS)}`,
      PHONE_NUMBER: phoneNumber(random),
      US_SSN: `${random.int(101, 665)}-${random.int(10, 99)}-${random.int(1000, 9999)}`,
      CREDIT_CARD: cardNumber(random),
      CREDIT_CARD_CVV: random.digits(3),
      DATE_OF_BIRTH: `${random.pick(MONTHS)} ${random.int(1, 28)}, 19${random.int(50, 99)}`,
      IBAN_CODE: iban(random),
      // The documentation range 203.0.113.0/24.
      IP_ADDRESS: `203.0.113.${random.int(1, 254)}`,
      US_BANK_NUMBER: random.digits(10),
      PIN: random.digits(6),
    },
  };
}

/** North American, 555-01xx: reserved for fiction. */
function phoneNumber(random: Random): string {
  const area = random.pick(AREA_CODES);
  const line = `01${random.int(10, 99)}`;
  return random.pick([`(${area}) 555-${line}`, `${area}-555-${line}`, `${area}.555.${line}`, `+1 ${area} 555 ${line}`]);
}

function cardNumber(random: Random): string {
  const body = `4${random.digits(14)}`;
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
  }
  const number = body + String((10 - (sum % 10)) % 10);
  return number.replace(/(\d{4})(?=\d)/g, random.pick(['$1 ', '$1-']));
}

function iban(random: Random): string {
  const account = random.digits(18);
  // ISO 13616: country and 00 to the end, letters as numbers (D = 13, E = 14), 98 minus the remainder by 97.
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`.replace(/(.{4})(?=.)/g, '$1 ');
}

const DIGIT_WORDS = ['oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/**
 * How a caller says the value: digit by digit, `dot` and `at` in an e-mail address, the date as written.
 *
 * @example spoken('EMAIL_ADDRESS', 'ann.lee7@example.com') // 'ann dot lee seven at example dot com'
 */
export function spoken(type: PersonalDataType, value: string): string {
  if (type === 'EMAIL_ADDRESS') {
    const [local = '', domain = ''] = value.split('@');
    const say = (part: string) => part.replace(/\./g, ' dot ').replace(/\d/g, (digit) => ` ${sayDigits(digit)}`);
    return `${say(local)} at ${say(domain)}`;
  }
  if (type === 'DATE_OF_BIRTH') return value.toLowerCase().replace(',', '');
  if (type === 'IBAN_CODE' || type === 'IP_ADDRESS') return value;
  return sayDigits(value);
}

const sayDigits = (value: string): string =>
  [...value.replace(/\D/g, '')].map((digit) => DIGIT_WORDS[Number(digit)]).join(' ');

export interface Wording {
  /** How often callers are asked for it, relative to the others. */
  weight: number;
  /** The agent's question. */
  ask: string;
  /** The customer's answer; `{}` is the value. */
  answer: string;
  /** A sentence of a letter. */
  write: string;
}

/**
 * How each type comes up: how often against the others, how an agent asks, what a caller says and a customer writes.
 */
export const WORDINGS: Record<PersonalDataType, Wording> = {
  EMAIL_ADDRESS: {
    weight: 6,
    ask: 'What is the best email address for you?',
    answer: 'My email is {}',
    write: 'Please send the confirmation to {} as soon as you can.',
  },
  PHONE_NUMBER: {
    weight: 6,
    ask: 'Which phone number can we reach you on?',
    answer: 'My phone number is {}',
    write: 'You can call me at {} any time after lunch.',
  },
  US_SSN: {
    weight: 3,
    ask: 'Could you confirm your social security number for me?',
    answer: 'My social is {}',
    write: 'My social security number is {} in case you need to verify me.',
  },
  CREDIT_CARD: {
    weight: 4,
    ask: 'Can you read me the card number, please?',
    answer: 'The card number is {}',
    write: 'The charge went to my credit card {} twice.',
  },
  CREDIT_CARD_CVV: {
    weight: 2,
    ask: 'And the security code on the back of the card?',
    answer: 'The security code is {}',
    write: 'The security code of that card is {}.',
  },
  DATE_OF_BIRTH: {
    weight: 3,
    ask: 'What is your date of birth?',
    answer: 'I was born on {}',
    write: 'My date of birth is {}.',
  },
  IBAN_CODE: {
    weight: 1,
    ask: 'Which account should the refund go to?',
    answer: 'The IBAN is {}',
    write: 'Kindly pay the refund to IBAN {}.',
  },
  IP_ADDRESS: {
    weight: 1,
    ask: 'Which IP address does the status page show?',
    answer: 'It says my IP address is {}',
    write: 'The log says that my IP address is {}.',
  },
  US_BANK_NUMBER: {
    weight: 1,
    ask: 'What is your checking account number?',
    answer: 'My checking account number is {}',
    write: 'The direct debit is on my checking account number {}.',
  },
  PIN: {
    weight: 2,
    ask: 'Please read me the one-time code we have just sent you.',
    answer: 'The one time code is {}',
    write: 'The one-time code that I received was {}.',
  },
};
