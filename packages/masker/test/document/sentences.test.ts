import { describe, expect, test } from 'vitest';
import { readDialogue } from '../../src/conversation/dialogue.ts';
import { isSentence } from '../../src/json/sentence.ts';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { maskJson, maskTranscript } from '../masker.ts';

const DOCUMENTS: readonly (readonly [JsonValue, JsonValue])[] = [
  [
    { issue: 'ssn is 219-09-9999, phone 646-555-0177, pin is 4417, cvv 731, born 4/5/1971' },
    { issue: 'ssn is [SSN_MASKED], phone [PHONE_MASKED], pin is [PIN], cvv [CARD_CVV], born [DATE_OF_BIRTH]' },
  ],
  [
    { caseNotes: 'caller gave ssn 219099999 and cell 6465550177' },
    { caseNotes: 'caller gave ssn [SSN_MASKED] and cell [PHONE_MASKED]' },
  ],
  [
    { orderComments: 'please call me on 646 555 0177 about order number 4155550132' },
    { orderComments: 'please call me on [PHONE_MASKED] about order number 4155550132' },
  ],
  [
    {
      id: 'my card is 4242 4242 4242 4242',
      orderId: '6465550177',
      resolution: 'reset the pin to 4417',
      sessionSummary: 'she was born 4/5/1971',
      errorMessage: 'failed for ssn 219-09-9999',
    },
    {
      id: 'my card is [CREDIT_CARD]',
      orderId: '6465550177',
      resolution: 'reset the pin to [PIN]',
      sessionSummary: 'she was born [DATE_OF_BIRTH]',
      errorMessage: 'failed for ssn [SSN_MASKED]',
    },
  ],
  [
    {
      annotations: [
        { type: 'QUOTE', value: 'call me at 646 555 0177' },
        { type: 'ISSUE', value: 'my ssn is 219-09-9999' },
        { type: 'ORDER_NUMBER', value: '6465550177' },
      ],
    },
    {
      annotations: [
        { type: 'QUOTE', value: 'call me at [PHONE_MASKED]' },
        { type: 'ISSUE', value: 'my ssn is [SSN_MASKED]' },
        { type: 'ORDER_NUMBER', value: '6465550177' },
      ],
    },
  ],
  [
    {
      transcript:
        'agent: card number\ncustomer: four two four two\nagent: okay\ncustomer: four two four two four two four two\nagent: got it\ncustomer: four two four two',
    },
    {
      transcript:
        'agent: card number\ncustomer: [CREDIT_CARD]\nagent: okay\ncustomer: [CREDIT_CARD]\nagent: got it\ncustomer: [CREDIT_CARD]',
    },
  ],
  [
    { t: 'AGENT - what is your pin?\nCUSTOMER - 4417\nAGENT - thanks' },
    { t: 'AGENT - what is your pin?\nCUSTOMER - [PIN]\nAGENT - thanks' },
  ],
  [
    { t: '[00:01] [Agent] your security code?\n[00:05] [Customer] 731' },
    { t: '[00:01] [Agent] your security code?\n[00:05] [Customer] [CARD_CVV]' },
  ],
  [
    { t: '10:31 AM Rosa D.: your password?\n10:32 AM Ana: bluebird\n10:33 AM Rosa D.: thanks\n10:34 Ana: bye' },
    {
      t: '10:31 AM [PERSON].: your password?\n10:32 AM [PERSON]: [PASSWORD]\n10:33 AM [PERSON].: thanks\n10:34 [PERSON]: bye',
    },
  ],
  [
    { t: 'Name: Rosa\nPhone: 646-555-0177\nSSN: 219-09-9999\nOrder: 4471220936' },
    { t: 'Name: [PERSON]\nPhone: [PHONE_MASKED]\nSSN: [SSN_MASKED]\nOrder: 4471220936' },
  ],
  [
    { t: 'Agent (10:31): date of birth?\nCustomer (10:32): march 14 1982' },
    { t: 'Agent (10:31): date of birth?\nCustomer (10:32): [DATE_OF_BIRTH]' },
  ],
  [
    {
      x: '<customer><ssn>219099999</ssn><orderId>6465550177</orderId><field name="cvv">731</field><dateOfBirth>1982-03-14</dateOfBirth></customer>',
    },
    {
      x: '<customer><ssn>[SSN_MASKED]</ssn><orderId>6465550177</orderId><field name="cvv">[CARD_CVV]</field><dateOfBirth>[DATE_OF_BIRTH]</dateOfBirth></customer>',
    },
  ],
  [
    { u: 'https://shop.example/pay?cardNumber=4242424242424242&cvv=731&orderId=6465550177&userPhone=6465550177' },
    {
      u: 'https://shop.example/pay?cardNumber=[CREDIT_CARD]&cvv=[CARD_CVV]&orderId=6465550177&userPhone=[PHONE_MASKED]',
    },
  ],
  [{ c: 'Server=db;Uid=app;Pwd=kitePlum;Database=x' }, { c: 'Server=db;Uid=app;Pwd=[PASSWORD];Database=x' }],
  [
    { c: 'Server=db.example;User Id=app;Password=kite-plum-2;' },
    { c: 'Server=db.example;User Id=app;Password=[PASSWORD];' },
  ],
  [
    { prompt: 'Please enter your PIN', type: 'dtmf', digits: '4417' },
    { prompt: 'Please enter your PIN', type: 'dtmf', digits: '[PIN]' },
  ],
  [
    { promptText: 'Enter the last four of your social', collectedDigits: '9999' },
    { promptText: 'Enter the last four of your social', collectedDigits: '[SSN_LAST4]' },
  ],
  [
    { promptText: 'Enter your account number followed by pound', dtmf: '5540091234#' },
    { promptText: 'Enter your account number followed by pound', dtmf: '[BANK_ACCOUNT]#' },
  ],
  [
    { promptText: 'Enter your order number', userInput: '6465550177' },
    { promptText: 'Enter your order number', userInput: '6465550177' },
  ],
  [
    { prompt: 'say your card number', result: 4242424242424242 },
    { prompt: 'say your card number', result: '[CREDIT_CARD]' },
  ],
  [
    {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
      timestamp: '22 november 2026 at 10 30',
    },
    {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
      timestamp: '22 november 2026 at 10 30',
    },
  ],
];

describe('a name decides about values; sentences, dialogues and named parts are read', () => {
  test.each(DOCUMENTS)('%j', (document, expected) => {
    expect(maskTranscript(document).value).toEqual(expected);
    const once = maskJson(JSON.stringify(document)).json;
    expect(maskJson(once).json).toBe(once);
  });
});

test.each([
  ['please call me on 4155550132', true],
  ['SSN IS ON FILE NOW', true],
  ['PO 4155550132', false],
  ['four one five five five five', false],
  ['Mozilla/5.0 (X11; Linux)', false],
  ['2026-11-22T08:15:00Z', false],
])('%s is a sentence: %s', (text, expected) => {
  expect(isSentence(text)).toBe(expected);
});

test.each([
  ['Agent: your PIN?\nCustomer: 4471', ['agent', 'customer']],
  ['[00:01] Speaker 1: hi\n[00:02] Speaker 2: hello\nthere', ['speaker 1', 'speaker 2']],
  ['Ana: hi\nRosa D.: hello\nAna: bye\nRosa D.: bye', ['ana', 'rosa d.', 'ana', 'rosa d.']],
  ['Name: Rosa\nPhone: 4155550132', undefined],
  ['Agent: all on one line', undefined],
])('the speakers of %j', (text, speakers) => {
  expect(readDialogue(text)?.map(({ speaker }) => speaker)).toEqual(speakers);
});
