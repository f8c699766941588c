import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/pii-types.ts';
import { maskJson } from '../masker.ts';

const masked = (document: JsonValue): JsonValue => JSON.parse(maskJson(JSON.stringify(document)).json) as JsonValue;

describe('values in the parts of a conversation', () => {
  test.each([
    [
      'voice',
      {
        segments: [
          { speaker: 'agent', text: 'your social please' },
          { speaker: 'customer', text: '457555462', words: [{ text: '457555462', startMs: 1 }] },
        ],
      },
      {
        segments: [
          { speaker: 'agent', text: 'your social please' },
          { speaker: 'customer', text: '[SSN_MASKED]', words: [{ text: '[SSN_MASKED]', startMs: 1 }] },
        ],
      },
    ],
    [
      'chat',
      {
        messages: [
          { participantType: 'AGENT', text: 'what is the code we texted you?' },
          { participantType: 'CUSTOMER', text: '551029', html: '<p>551029</p>' },
        ],
      },
      {
        messages: [
          { participantType: 'AGENT', text: 'what is the code we texted you?' },
          { participantType: 'CUSTOMER', text: '[PIN]', html: '<p>[PIN]</p>' },
        ],
      },
    ],
    [
      'e-mail',
      {
        from: 'ana@example.org',
        to: ['help@example.com'],
        subject: 'card 4242 4242 4242 4242',
        body: 'Call 212-555-0142',
        sentAt: '2026-11-22T08:15:00Z',
      },
      {
        from: '[EMAIL_MASKED]',
        to: ['[EMAIL_MASKED]'],
        subject: 'card [CREDIT_CARD]',
        body: 'Call [PHONE_MASKED]',
        sentAt: '2026-11-22T08:15:00Z',
      },
    ],
    [
      'words only',
      {
        segments: [
          {
            words: [
              { text: 'my' },
              { text: 'number' },
              { text: 'is' },
              ...'two one two five five five oh one four two'.split(' ').map((text) => ({ text })),
            ],
          },
        ],
      },
      {
        segments: [
          {
            words: [
              { text: 'my' },
              { text: 'number' },
              { text: 'is' },
              ...Array.from({ length: 10 }, () => ({ text: '[PHONE_MASKED]' })),
            ],
          },
        ],
      },
    ],
    [
      'top-level strings',
      { call_summary: 'reach me at ana@example.org', agent_notes: 'ssn 457-55-5462' },
      { call_summary: 'reach me at [EMAIL_MASKED]', agent_notes: 'ssn [SSN_MASKED]' },
    ],
  ] satisfies [string, JsonValue, JsonValue][])('the shape of %s', (_, document, expected) => {
    expect(masked(document)).toEqual(expected);
  });

  test('an address or account spelled over several turns is found in all of them', () => {
    const turns = (...texts: string[]): JsonValue => ({
      segments: texts.map((text, index) => ({ speaker: index % 2 === 0 ? 'agent' : 'customer', text })),
    });
    expect(
      masked(turns('your email?', 'it is r o s a', 'r o s a okay', 'dot d i a z', 'mm hmm', 'at gmail dot com')),
    ).toEqual(
      turns('your email?', 'it is [EMAIL_MASKED]', '[EMAIL_MASKED] okay', '[EMAIL_MASKED]', 'mm hmm', '[EMAIL_MASKED]'),
    );
    expect(masked(turns('your email?', 'it is rosa at', 'yes', 'gmail dot com'))).toEqual(
      turns('your email?', 'it is [EMAIL_MASKED]', 'yes', '[EMAIL_MASKED]'),
    );
    expect(masked(turns('when were you born?', 'july twenty second'))).toEqual(
      turns('when were you born?', '[DATE_OF_BIRTH]'),
    );
    expect(masked(turns('email address for the receipt', 'rosa at example dot org'))).toEqual(
      turns('email address for the receipt', '[EMAIL_MASKED]'),
    );
    expect(masked(turns('your iban please', 'GB29 NWBK 6016', 'yes', '1331 9268 19'))).toEqual(
      turns('your iban please', '[IBAN]', 'yes', '[IBAN]'),
    );
    expect(masked(turns('your routing and account numbers', '021000021 then 4471220936'))).toEqual(
      turns('your routing and account numbers', '[ROUTING_NUMBER] then [BANK_ACCOUNT]'),
    );
    expect(
      masked(turns('date of birth?', 'the fifth of may eighty one', 'and the year again?', 'nineteen eighty one')),
    ).toEqual(turns('date of birth?', '[DATE_OF_BIRTH]', 'and the year again?', '[DATE_OF_BIRTH]'));
  });

  test('what several turns share is found in all of them, read-backs too', () => {
    const say = (speaker: string, text: string) => ({ speaker, text });
    expect(
      masked({
        segments: [
          say('customer', 'four two four two'),
          say('agent', 'four two four two'),
          say('customer', 'four two four two'),
          say('agent', 'uh huh'),
          say('customer', 'four two four two four two four two'),
        ],
      }),
    ).toEqual({
      segments: [
        say('customer', '[CREDIT_CARD]'),
        say('agent', '[CREDIT_CARD]'),
        say('customer', '[CREDIT_CARD]'),
        say('agent', 'uh huh'),
        say('customer', '[CREDIT_CARD]'),
      ],
    });
    expect(
      masked({
        segments: [say('customer', 'my social is 457 55'), say('agent', 'sorry?'), say('customer', '457 55 5462')],
      }),
    ).toEqual({
      segments: [say('customer', 'my social is [SSN_MASKED]'), say('agent', 'sorry?'), say('customer', '[SSN_MASKED]')],
    });
    expect(
      masked({
        segments: [
          say('agent', 'order number please'),
          say('customer', '4127712'),
          say('agent', 'and how many units?'),
          say('customer', '1200'),
        ],
      }),
    ).toEqual({
      segments: [
        say('agent', 'order number please'),
        say('customer', '4127712'),
        say('agent', 'and how many units?'),
        say('customer', '1200'),
      ],
    });
  });
});
