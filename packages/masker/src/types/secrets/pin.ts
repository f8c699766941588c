import { type PiiTypeDescriptor, reading, ungrouped, worth } from '../descriptor.ts';
import { isExpiry } from '../payment/card-expiry.ts';

/** PINs, one-time and verification codes. */
export const pin: PiiTypeDescriptor<'PIN'> = {
  name: 'PIN',
  replacement: '[PIN]',
  enabled: 'by default',
  foundBy: 'context: PINs, one-time and verification codes',
  announcedBy: [
    {
      kind: 'PIN',
      answer: 'short',
      plain: ['pin', 'passcode', 'otp'],
      inNames: 'anywhere',
      isTalk: undefined,
      phrases: `
        pin
        p i n
        pin number
        pin code
        pincode
        pin no
        one time code
        one time passcode
        one time password
        onetime code
        otp
        o t p
        verification code
        verify code
        confirmation pin
        passcode
        pass code
        access pin
        code we texted
        code we sent
        code i texted
        code i sent
        code you received
        code you got
        code that was sent
        code i got
        code i received
        code they sent
        code they texted
        code sent
        code texted
        code just sent
        code we just sent
        code we emailed
        code we just texted
        code from the text
        code in the text
        code from your phone
        code from the app
        code that came
        code i just got
        text code
        sms code
        authentication code
        authenticator
        authenticator app
        authenticator code
        auth code
        do not share
        dont share
        never share
        confirmation code we texted
        confirmation code we sent
        confirmation code we just sent
        confirmation code we just texted
        confirmation code we emailed
        confirmation code i sent
        confirmation code i texted
        confirmation code you received
        confirmation code you got
        two factor
        two factor code
        2fa
        2fa code
        mfa
        mfa code
        six digit code
        6 digit code
        6digit code
        four digit code
        4 digit code
        five digit code
        8 digit code
        eight digit code
        six digits
        six digit
        6 digits
        security pin
        account pin
        atm pin
        login code
        sign in code
        signin code
        log in code
        temporary code
        secret code
        unlock code
        telephone banking code
        voice pin
        four digit pin
        code is
        the code
        your code
        code on your phone
        code from the email
        code in the email
        code from that text
        code i see
        code
        verification number
        memorable number
        door code
        gate code
        alarm code
        safe word code
        lockbox code
        four numbers
      `,
    },
  ],
  linking: 'never',
  spelling: ungrouped,
  spansTurns: true,
  readBack: true,
  underAnyName: 'never',
  texts: [],
  codes: [],
  date: undefined,
  digits: {
    byShape: undefined,
    byWords: {
      // "expiry and code?": month and year, then the code of the card.
      PIN: (shape, kinds) =>
        kinds.includes('EXPIRY') && (shape.length > 4 || shape.readings.some(isExpiry))
          ? undefined
          : worth(2.1, reading(shape, 4, 8)),
      // A security code of six digits is sent, not printed.
      CVV: (shape) => (isExpiry(shape.digits) ? undefined : worth(2.1, reading(shape, 6, 6))),
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
