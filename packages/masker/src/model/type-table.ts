/** Written by `npm run docs` from `types/registry.ts`: names alone, so that who checks options loads no rules. */

/** Found by shape, check digit or context without being asked for. */
export const DEFAULT_TYPES = [
  'EMAIL_ADDRESS',
  'IBAN_CODE',
  'IP_ADDRESS',
  'PASSWORD',
  'PHONE_NUMBER',
  'CREDIT_CARD',
  'CREDIT_CARD_EXPIRY',
  'CREDIT_CARD_CVV',
  'CREDIT_CARD_LAST4',
  'US_SSN',
  'US_SSN_LAST4',
  'US_ITIN',
  'ABA_ROUTING_NUMBER',
  'US_BANK_NUMBER',
  'DATE_OF_BIRTH',
  'PIN',
  'PERSON',
  'STREET_ADDRESS',
] as const;

/** Found only when the options switch them on. */
export const OPT_IN_TYPES = [
  'MAC_ADDRESS',
  'US_MBI',
  'UK_NINO',
  'VIN',
  'US_PASSPORT',
  'US_DRIVER_LICENSE',
  'LICENSE_PLATE',
  'IN_AADHAAR',
  'CA_SIN',
  'UK_NHS',
] as const;

/** Every type of personal data that the rules find. */
export const PII_TYPES = [...DEFAULT_TYPES, ...OPT_IN_TYPES] as const;
export type PiiType = (typeof PII_TYPES)[number];

/** What stands in the place of a value of each type, unless the options say otherwise. */
export const DEFAULT_REPLACEMENTS: Readonly<Record<PiiType, string>> = {
  EMAIL_ADDRESS: '[EMAIL_MASKED]',
  IBAN_CODE: '[IBAN]',
  IP_ADDRESS: '[IP_ADDRESS]',
  MAC_ADDRESS: '[MAC_ADDRESS]',
  PASSWORD: '[PASSWORD]',
  US_MBI: '[MEDICARE_ID]',
  UK_NINO: '[NINO]',
  VIN: '[VIN]',
  US_PASSPORT: '[PASSPORT]',
  US_DRIVER_LICENSE: '[DRIVER_LICENSE]',
  LICENSE_PLATE: '[LICENSE_PLATE]',
  PHONE_NUMBER: '[PHONE_MASKED]',
  CREDIT_CARD: '[CREDIT_CARD]',
  CREDIT_CARD_EXPIRY: '[CARD_EXPIRY]',
  CREDIT_CARD_CVV: '[CARD_CVV]',
  CREDIT_CARD_LAST4: '[CARD_LAST4]',
  US_SSN: '[SSN_MASKED]',
  US_SSN_LAST4: '[SSN_LAST4]',
  US_ITIN: '[ITIN]',
  ABA_ROUTING_NUMBER: '[ROUTING_NUMBER]',
  US_BANK_NUMBER: '[BANK_ACCOUNT]',
  DATE_OF_BIRTH: '[DATE_OF_BIRTH]',
  PIN: '[PIN]',
  IN_AADHAAR: '[AADHAAR]',
  CA_SIN: '[SIN]',
  UK_NHS: '[NHS_NUMBER]',
  PERSON: '[PERSON]',
  STREET_ADDRESS: '[ADDRESS]',
};

/**
 * What a phrase announces. `EXCLUSION` and `UNIT` free a number; `NUMBER` announces weakly. `TOPIC` is no phrase: an
 * earlier turn talks of something that frees without asking for its number.
 */
export type TermKind =
  | 'EMAIL'
  | 'IBAN'
  | 'IP'
  | 'MAC'
  | 'PASSWORD'
  | 'MEDICARE'
  | 'NINO'
  | 'VIN'
  | 'PASSPORT'
  | 'LICENSE'
  | 'PLATE'
  | 'PHONE'
  | 'NUMBER'
  | 'CARD'
  | 'EXPIRY'
  | 'CVV'
  | 'LAST4'
  | 'SSN'
  | 'TAX'
  | 'ROUTING'
  | 'BANK'
  | 'DOB'
  | 'PIN'
  | 'AADHAAR'
  | 'SIN'
  | 'NHS'
  | 'EXCLUSION'
  | 'UNIT'
  | 'TOPIC';
