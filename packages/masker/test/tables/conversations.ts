/**
 * Conversations with the personal data marked: `{TYPE|text}`. A turn is a line, `A:` is the agent, `C:` the customer.
 * Written for this project; numbers are fictional or reserved for examples.
 */
export const CONVERSATIONS: readonly (readonly [name: string, turns: string])[] = [
  [
    'a day and a month answer the question for a birthday',
    `
    A: what's your date of birth?
    C: {DATE_OF_BIRTH|22 July}`,
  ],
  [
    'zeros alone answer the question for a PIN',
    `
    A: and your pin?
    C: {PIN|oh oh oh oh}`,
  ],
  [
    'talk of an order frees no phone number that is written as one',
    `
    A: let me look up your order
    C: {PHONE_NUMBER|212-555-0142}`,
  ],
  [
    'talk of a policy frees no social security number',
    `
    A: what can I use to look up your policy?
    C: {US_SSN|219-09-9999}`,
  ],
  [
    'talk of a bill two turns ago frees nothing',
    `
    C: I have a question about my bill
    A: sure
    C: {PHONE_NUMBER|two one two five five five oh one four two}`,
  ],
  [
    'a question that was answered frees nothing any more',
    `
    A: zip code
    C: {STREET_ADDRESS|10001}
    A: thanks
    C: {PHONE_NUMBER|(212) 555-0142}`,
  ],
  [
    'what was asked for is free',
    `
    A: what is your order number?
    C: 2125550142`,
  ],
  [
    'an order number may be spoken',
    `
    A: order number please
    C: two one two five five five oh one four two`,
  ],
  [
    'a case number may look like something else',
    `
    A: do you have a case id?
    C: 500 21 8843`,
  ],
  [
    'the last four of a ticket are no card',
    `
    A: what's the last four of your ticket
    C: 0912`,
  ],
  [
    'a serial number on the back is no security code',
    `
    A: could you read me the serial number on the back
    C: 8 8 0 4
    A: okay
    C: 4 1 9 2 7 7 0 3`,
  ],
  [
    'a version is no address',
    `
    A: and the app version?
    C: 10.4.2.18`,
  ],
  [
    'a question stands though an order is mentioned after it',
    `
    A: what's the three digit code on the back so I can place your order
    C: {CREDIT_CARD_CVV|731}`,
  ],
  [
    'a question stands though a policy is mentioned after it',
    `
    A: what are the last four digits of your social security number? I'll pull up your policy
    C: {US_SSN_LAST4|9999}`,
  ],
  [
    'a question stands until it is answered',
    `
    A: please enter the code we emailed
    C: {PIN|402817}
    A: that one has expired, I have sent another
    C: {PIN|881304}`,
  ],
  [
    'an address that was given closes its question only',
    `
    A: what is the verification code and your email
    C: my email is {EMAIL_ADDRESS|ana dot lopez at example dot org}
    A: and the other one
    C: {PIN|551029}`,
  ],
  [
    'two values that are whole by themselves',
    `
    C: my social is {US_SSN|219-09-9999}
    C: {PHONE_NUMBER|two one two, five five five, sorry, five five six, oh one four two}`,
  ],
  [
    'an address and a number in the next turn',
    `
    C: my ip address is {IP_ADDRESS|one ninety two dot zero dot two dot seventeen}
    C: {PHONE_NUMBER|212-555-0142} is my number`,
  ],
  [
    'two digits in a turn',
    `
    A: your cell?
    C: {PHONE_NUMBER|212}
    C: {PHONE_NUMBER|555}
    C: {PHONE_NUMBER|oh one}
    C: {PHONE_NUMBER|four two}`,
  ],
  [
    'a birthday in three messages',
    `
    A: dob?
    C: {DATE_OF_BIRTH|11}
    C: {DATE_OF_BIRTH|24}
    C: {DATE_OF_BIRTH|1980}`,
  ],
  [
    'the country code in a turn of its own',
    `
    A: mobile number please
    C: it is {PHONE_NUMBER|plus four four}
    A: yes
    C: {PHONE_NUMBER|two oh seven nine four six oh oh one eight}`,
  ],
  [
    'the rest of a number that was asked for',
    `
    A: your social?
    C: {US_SSN|219 09}
    A: and the last part
    C: {US_SSN|9999}`,
  ],
  [
    'an account number that is spelled over two turns',
    `
    A: and the iban starting with the country
    C: {IBAN_CODE|g b two nine}
    A: yes
    C: {IBAN_CODE|n w b k six oh one six one three three one nine two six eight one nine}`,
  ],
  [
    'letters of an address that is said to its end in another turn',
    `
    A: could you spell the email
    C: sure {EMAIL_ADDRESS|l o p e z}
    A: {EMAIL_ADDRESS|l o p e z}
    C: {EMAIL_ADDRESS|four two at gmail dot com}`,
  ],
  [
    'a password after some hesitation',
    `
    A: what is the password?
    C: uh one second
    C: {PASSWORD|bluebird}`,
  ],
  [
    'a password with an entity in front',
    `
    A: what is the password?
    C: it&#39;s {PASSWORD|bluebird99}`,
  ],
  [
    'a password that is needed',
    `
    A: I need the password
    C: I think it is {PASSWORD|bluebird}`,
  ],
  [
    'a password that is read out again',
    `
    A: I've set a temporary password for you: {PASSWORD|Maple-Orbit-318}
    C: it says incorrect
    A: copy it as it is: {PASSWORD|Maple-Orbit-318}`,
  ],
  [
    'no password but a delay and another matter',
    `
    A: what is the password?
    C: one second
    A: sure, and which shop was it?
    C: Boston`,
  ],
];
