import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { maskJson, maskTranscript } from '../masker.ts';

const masked = (document: JsonValue): JsonValue => JSON.parse(maskJson(JSON.stringify(document)).json) as JsonValue;

describe('documents', () => {
  test('numbers that stay keep their source text', () => {
    const json =
      '{"id":12345678901234567890,"ratio":1.0,"tiny":1e-7,"confidence":0.9876543210123456,"text":"call 212-555-0142"}';
    expect(maskJson(json).json).toBe(json.replace('212-555-0142', '[PHONE_MASKED]'));
  });

  test('white space and escapes around a finding stay', () => {
    expect(maskJson('{ "t" : "caf\\u00e9\\n212-555-0142\\t\\"x\\"" }').json).toBe(
      '{ "t" : "caf\\u00e9\\n[PHONE_MASKED]\\t\\"x\\"" }',
    );
  });

  test('an escaped sign hides nothing', () => {
    expect(maskJson('{"t":"ana.lopez\\u0040example.org","u":"\\u0034\\u0035\\u0037-55-5462"}').json).toBe(
      '{"t":"[EMAIL_MASKED]","u":"[SSN_MASKED]"}',
    );
  });

  test.each([
    ['in a list', { phones: [2125550142, 7], n: [2125550142] }, { phones: ['[PHONE_MASKED]', 7], n: [2125550142] }],
    ['after other lists', { ssn: [[], { a: [1] }, 457555462] }, { ssn: [[], { a: [1] }, '[SSN_MASKED]'] }],
    ['under the empty name', { ssn: { '': 457555462, a: 457555462 } }, { ssn: { '': '[SSN_MASKED]', a: 457555462 } }],
    ['in a list in a list', { phone: [[2125550142], ['a']] }, { phone: [['[PHONE_MASKED]'], ['a']] }],
  ])('numbers without a name of their own bear that of their container, %s', (_, document, expected) => {
    expect(masked(document)).toEqual(expected);
    expect(maskTranscript(document).value).toEqual(expected);
  });

  test('telling numbers become their type, others stay', () => {
    expect(
      masked({ phone: 2125550142, ssn: 457555462, cvv: 731, age: 41, durationMs: 2125550142, contactId: 498273645521 }),
    ).toEqual({
      phone: '[PHONE_MASKED]',
      ssn: '[SSN_MASKED]',
      cvv: '[CARD_CVV]',
      age: 41,
      durationMs: 2125550142,
      contactId: 498273645521,
    });
  });

  test('a name beside a value reads like a key', () => {
    expect(
      masked([
        { name: 'orderNumber', value: '4242424242' },
        { name: 'cvv', value: '731' },
        { name: 'phone', value: 2125550142 },
      ]),
    ).toEqual([
      { name: 'orderNumber', value: '4242424242' },
      { name: 'cvv', value: '[CARD_CVV]' },
      { name: 'phone', value: '[PHONE_MASKED]' },
    ]);
  });

  test('a value may be wrapped, or be a document with nothing but a number', () => {
    expect(
      masked({
        slots: { ssn: { value: { interpretedValue: '457555462' } }, size: { value: { originalValue: '12' } } },
      }),
    ).toEqual({
      slots: { ssn: { value: { interpretedValue: '[SSN_MASKED]' } }, size: { value: { originalValue: '12' } } },
    });
    expect(masked({ body: '{"phone":2125550142}' })).toEqual({ body: '{"phone":"[PHONE_MASKED]"}' });
  });

  test('keys that are questions, last four digits and expiry dates are understood', () => {
    expect(
      masked({
        'Q1: Date of birth?': '03/14/1983',
        'Q2: Order number?': '2125550142',
        card: { last4: '4242', expirationDate: '2029-04' },
      }),
    ).toEqual({
      'Q1: Date of birth?': '[DATE_OF_BIRTH]',
      'Q2: Order number?': '2125550142',
      card: { last4: '[CARD_LAST4]', expirationDate: '[CARD_EXPIRY]' },
    });
  });

  test.each([
    ['a password is one whatever it looks like', { password: 'bluebird' }, { password: '[PASSWORD]' }],
    ['an answer that is secret, too', { securityAnswer: 'fluffy' }, { securityAnswer: '[PASSWORD]' }],
    ['so is one in a list', { passwords: ['bluebird', 'x'] }, { passwords: ['[PASSWORD]', 'x'] }],
    ['or one of digits', { password: 48151623 }, { password: '[PASSWORD]' }],
    ['or beside its name', { name: 'password', value: 'bluebird' }, { name: 'password', value: '[PASSWORD]' }],
    ['whether there is one is none', { password: 'yes', pass: 'fail' }, { password: 'yes', pass: 'fail' }],
    ['nor is when it was changed', { passwordLastChanged: '2026-11-22' }, { passwordLastChanged: '2026-11-22' }],
    [
      'an answer to a question',
      { question: 'What is your password?', answer: 'bluebird' },
      { question: 'What is your password?', answer: '[PASSWORD]' },
    ],
    [
      'an input at a prompt',
      [
        { prompt: 'Enter the security code', input: '308' },
        { prompt: 'Press 1 to confirm', input: '1' },
      ],
      [
        { prompt: 'Enter the security code', input: '[CARD_CVV]' },
        { prompt: 'Press 1 to confirm', input: '1' },
      ],
    ],
    [
      'parts of a number',
      { phone: { areaCode: '212', number: '5550142' } },
      { phone: { areaCode: '212', number: '[PHONE_MASKED]' } },
    ],
    ['a code of a card', { cvv2Code: '731' }, { cvv2Code: '[CARD_CVV]' }],
    ['a browser is no network', { userAgent: 'x/1.0 10.4.2.11' }, { userAgent: 'x/1.0 10.4.2.11' }],
    ['a number with its country code is no id', { id: '+12125550142' }, { id: '[PHONE_MASKED]' }],
  ] satisfies [string, JsonValue, JsonValue][])('%s', (_, document, expected) => {
    expect(masked(document)).toEqual(expected);
    expect(maskTranscript(document).value).toEqual(expected);
  });

  test.each(['2125550142.0', '2.125550142e9', '2125550142.000'])('a telling number written as %s', (number) => {
    expect(maskJson(`{"phone":${number},"ratio":${number}}`).json).toBe(`{"phone":"[PHONE_MASKED]","ratio":${number}}`);
  });

  test.each([
    ['content.text', (text: string) => ({ content: { text } })],
    ['content[].text', (text: string) => ({ content: [{ text }] })],
    ['messageContent.payload.text', (text: string) => ({ messageContent: { type: 'TEXT', payload: { text } } })],
  ])('messages that wrap their text: %s', (_, wrap) => {
    const messages = (answer: string): JsonValue => [
      { from: 'agent', ...wrap('what is the cvv') },
      { from: 'customer', ...wrap(answer) },
    ];
    expect(masked({ messages: messages('731') })).toEqual({ messages: messages('[CARD_CVV]') });
    expect(maskTranscript({ messages: messages('731') }).value).toEqual({ messages: messages('[CARD_CVV]') });
  });

  test('ids, hashes and times stay joinable', () => {
    const document = {
      interactionId: '8f14e45f-ceea-467f-a0e6-5bb4d1f1c2aa',
      contactId: '212-555-0142',
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      timestamp: '2026-11-22T08:15:00Z',
    };
    expect(masked(document)).toEqual(document);
  });

  test('keys are masked and stay apart', () => {
    expect(masked({ people: { 'ana@example.org': 1, 'bob@example.org': 2, '[EMAIL_MASKED]': 3 } })).toEqual({
      people: { '[EMAIL_MASKED]#2': 1, '[EMAIL_MASKED]#3': 2, '[EMAIL_MASKED]': 3 },
    });
  });

  test('__proto__ and constructor are data', () => {
    const json = '{"__proto__":{"note":"457-55-5462"},"constructor":"457-55-5462"}';
    const expected = '{"__proto__":{"note":"[SSN_MASKED]"},"constructor":"[SSN_MASKED]"}';
    expect(maskJson(json).json).toBe(expected);
    expect(JSON.stringify(maskTranscript(JSON.parse(json) as JsonValue).value)).toBe(expected);
  });

  test('JSON in a string is read as JSON', () => {
    expect(masked({ payload: '{"ssn":457555462,"orderId":"4471220000"}' })).toEqual({
      payload: '{"ssn":"[SSN_MASKED]","orderId":"4471220000"}',
    });
  });

  test('10,000 levels deep', () => {
    const depth = 10_000;
    const json = `${'['.repeat(depth)}"212-555-0142"${']'.repeat(depth)}`;
    expect(maskJson(json).json).toBe(json.replace('212-555-0142', '[PHONE_MASKED]'));
  });

  test.each(['', '{', '{"a":}', '[1,]', '{"a" 1}', '"open', '[1 2]', 'nul', '01', '{"a":1}}', '["\\x"]5'])(
    'refuses %s without quoting it',
    (text) => {
      expect(() => maskJson(text)).toThrow(new SyntaxError('The text to mask is not valid JSON.'));
    },
  );
});
