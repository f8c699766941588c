/**
 * What a phrase announces. `EXCLUSION` and `UNIT` release a number; `NUMBER` announces weakly. `TOPIC` is no phrase: an
 * earlier turn talks of something that releases without asking for its number.
 */
export type TermKind =
  | 'PHONE'
  | 'NUMBER'
  | 'SSN'
  | 'TAX'
  | 'CARD'
  | 'CVV'
  | 'EXPIRY'
  | 'LAST4'
  | 'DOB'
  | 'BANK'
  | 'ROUTING'
  | 'PIN'
  | 'PASSWORD'
  | 'EMAIL'
  | 'IBAN'
  | 'IP'
  | 'NINO'
  | 'SIN'
  | 'AADHAAR'
  | 'PASSPORT'
  | 'LICENSE'
  | 'MEDICARE'
  | 'VIN'
  | 'PLATE'
  | 'MAC'
  | 'EXCLUSION'
  | 'TOPIC'
  | 'UNIT';
