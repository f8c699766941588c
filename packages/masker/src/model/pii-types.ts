/** What the masker takes and what it reports. */

/** Any JSON value, as `JSON.parse` returns it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** SpanSet by shape, checksum or context without being asked for. */
export const DEFAULT_TYPES = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'US_SSN_LAST4',
  'US_ITIN',
  'CREDIT_CARD',
  'CREDIT_CARD_CVV',
  'CREDIT_CARD_EXPIRY',
  'CREDIT_CARD_LAST4',
  'IBAN_CODE',
  'IP_ADDRESS',
  'DATE_OF_BIRTH',
  'US_BANK_NUMBER',
  'ABA_ROUTING_NUMBER',
  'PIN',
  'PASSWORD',
] as const;

/** SpanSet only when the options switch them on. */
export const OPT_IN_TYPES = [
  'PERSON',
  'STREET_ADDRESS',
  'US_PASSPORT',
  'US_DRIVER_LICENSE',
  'US_MBI',
  'CA_SIN',
  'UK_NINO',
  'IN_AADHAAR',
  'MAC_ADDRESS',
  'VIN',
  'LICENSE_PLATE',
] as const;

export const PII_TYPES = [...DEFAULT_TYPES, ...OPT_IN_TYPES] as const;
export type PiiType = (typeof PII_TYPES)[number];

/** A stretch of one string: UTF-16 code units, `end` exclusive. */
export interface Span {
  type: PiiType;
  start: number;
  end: number;
}

/**
 * Personal data found in a document.
 *
 * `path` is the JSON Pointer of the string (or number, then the offsets count in its source text); a finding in an
 * object key carries the path of that member and `inKey`. Offsets refer to the original, unmasked text.
 */
export interface Finding extends Span {
  path: string;
  inKey?: true;
}

/** How often each type was found. Never the values. */
export type FindingCounts = Partial<Record<PiiType, number>>;
