/**
 * Every type of personal data. The order counts: where the findings of two types would touch, the one that stands first
 * takes the place; of two candidates for the same digits that are worth the same, the first wins.
 */

import type { PiiType } from '../model/type-table.ts';
import { learnPhrases } from '../text/lexicon.ts';
import { sin } from './ca/sin.ts';
import { email } from './contact/email.ts';
import { phone } from './contact/phone.ts';
import type { PiiTypeDescriptor } from './descriptor.ts';
import { ip } from './device/ip.ts';
import { mac } from './device/mac.ts';
import { GENERAL_PHRASES } from './general-phrases.ts';
import { aadhaar } from './in/aadhaar.ts';
import { cardCode } from './payment/card-code.ts';
import { cardExpiry } from './payment/card-expiry.ts';
import { cardLastFour } from './payment/card-last4.ts';
import { cardNumber } from './payment/card-number.ts';
import { iban } from './payment/iban.ts';
import { dateOfBirth } from './person/date-of-birth.ts';
import { personName } from './person/name.ts';
import { streetAddress } from './person/street-address.ts';
import { password } from './secrets/password.ts';
import { pin } from './secrets/pin.ts';
import { nhs } from './uk/nhs.ts';
import { nino } from './uk/nino.ts';
import { bankAccount } from './us/bank-account.ts';
import { driverLicense } from './us/driver-license.ts';
import { itin } from './us/itin.ts';
import { mbi } from './us/mbi.ts';
import { passport } from './us/passport.ts';
import { routingNumber } from './us/routing-number.ts';
import { ssn } from './us/ssn.ts';
import { ssnLastFour } from './us/ssn-last4.ts';
import { plate } from './vehicle/plate.ts';
import { vin } from './vehicle/vin.ts';

/** Every type with its descriptor. Whatever a rule must know of all types is derived from here. */
export const TYPES: { readonly [T in PiiType]: PiiTypeDescriptor<T> } = {
  EMAIL_ADDRESS: email,
  IBAN_CODE: iban,
  IP_ADDRESS: ip,
  MAC_ADDRESS: mac,
  PASSWORD: password,
  US_MBI: mbi,
  UK_NINO: nino,
  VIN: vin,
  US_PASSPORT: passport,
  US_DRIVER_LICENSE: driverLicense,
  LICENSE_PLATE: plate,
  PHONE_NUMBER: phone,
  CREDIT_CARD: cardNumber,
  CREDIT_CARD_EXPIRY: cardExpiry,
  CREDIT_CARD_CVV: cardCode,
  CREDIT_CARD_LAST4: cardLastFour,
  US_SSN: ssn,
  US_SSN_LAST4: ssnLastFour,
  US_ITIN: itin,
  ABA_ROUTING_NUMBER: routingNumber,
  US_BANK_NUMBER: bankAccount,
  DATE_OF_BIRTH: dateOfBirth,
  PIN: pin,
  IN_AADHAAR: aadhaar,
  CA_SIN: sin,
  UK_NHS: nhs,
  PERSON: personName,
  STREET_ADDRESS: streetAddress,
};

/** The same, in order. */
export const TYPE_LIST: readonly PiiTypeDescriptor[] = Object.values(TYPES);

/** What phrases say, of all types. */
export const ANNOUNCEMENTS = [...TYPE_LIST.flatMap(({ announcedBy }) => announcedBy), ...GENERAL_PHRASES];
learnPhrases(ANNOUNCEMENTS);
