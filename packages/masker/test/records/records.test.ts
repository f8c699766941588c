import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/pii-types.ts';
import type { PiiType } from '../../src/model/type-table.ts';
import { maskTranscript } from '../masker.ts';

const talk = (...lines: string[]): JsonValue => ({
  segments: lines.map((line) => {
    const [speaker = '', text = ''] = line.split('|');
    return { speaker, text };
  }),
});
const said = (value: JsonValue, options = {}): string[] =>
  (maskTranscript(value, options).value as { segments: { text: string }[] }).segments.map(({ text }) => text);

describe('names in a conversation', () => {
  test.each<[string, string[], string[]]>([
    [
      'the answer to a question',
      ['agent|may I have your full name please', 'customer|sure it is abimbola okereke', 'agent|thank you'],
      ['may I have your full name please', 'sure it is [PERSON]', 'thank you'],
    ],
    [
      'an answer behind an acknowledgement',
      ['agent|Who am I speaking with today?', 'customer|one second', 'customer|Tobermann'],
      ['Who am I speaking with today?', 'one second', '[PERSON]'],
    ],
    [
      'a name that is spelled in the next turn',
      ['agent|and the last name?', 'customer|szymborska', 'customer|s z y m b o r s k a'],
      ['and the last name?', '[PERSON]', '[PERSON]'],
    ],
    [
      'a surname that comes again alone',
      ['customer|my name is Ilse Quandt', 'agent|Is Quandt spelled with a t?'],
      ['my name is [PERSON]', 'Is [PERSON] spelled with a t?'],
    ],
    [
      'a surname that is an ordinary word, by its capital only',
      ['customer|My name is Laura Stone.', 'agent|I see, the stone is blue, Stone was the name?'],
      ['My name is [PERSON].', 'I see, the stone is blue, [PERSON] was the name?'],
    ],
    [
      'what answers no question for a name',
      ['agent|what is the name of the medication', 'customer|Cetirizin'],
      ['what is the name of the medication', 'Cetirizin'],
    ],
    [
      'an assent',
      ['agent|can I have your name?', 'customer|yes of course', 'customer|hold on'],
      ['can I have your name?', 'yes of course', 'hold on'],
    ],
  ])('%s', (_, lines, masked) => {
    expect(said(talk(...lines))).toEqual(masked);
  });
});

describe('addresses in a conversation', () => {
  test.each<[string, string[], string[]]>([
    [
      'piece by piece',
      [
        'agent|and what is your address',
        'customer|six one four',
        'customer|hawthorne street',
        'customer|fairfield iowa',
        'customer|five two five five six',
        'agent|five two five five six',
        'customer|yes',
      ],
      ['and what is your address', '[ADDRESS]', '[ADDRESS]', '[ADDRESS]', '[ADDRESS]', '[ADDRESS]', 'yes'],
    ],
    [
      'a postcode that was asked for',
      ['agent|Can you confirm your zip code?', 'customer|it is 94117'],
      ['Can you confirm your zip code?', 'it is [ADDRESS]'],
    ],
    [
      'a number that answers something else',
      ['agent|what is your email address', 'customer|one moment', 'agent|how many did you buy', 'customer|twenty five'],
      ['what is your email address', 'one moment', 'how many did you buy', 'twenty five'],
    ],
    [
      'an amount behind an address',
      ['agent|what is your address', 'customer|14 birch road', 'agent|and the total?', 'customer|two hundred dollars'],
      ['what is your address', '[ADDRESS]', 'and the total?', 'two hundred dollars'],
    ],
  ])('%s', (_, lines, masked) => {
    expect(said(talk(...lines))).toEqual(masked);
  });
});

describe('members of a record', () => {
  const masked = (value: JsonValue, options = {}): JsonValue => maskTranscript(value, options).value;

  test('that hold names are masked as such, roles and ids stay', () => {
    expect(
      masked({
        displayName: 'Abimbola Okereke',
        customer: { firstName: 'Grace', lastName: 'Hope', name: 'Grace Hope' },
        metrics: { agentname: 'kwame mensah' },
        from: 'AGENT',
        agentId: 'kwame',
        agentName: 'System',
        skillName: 'Billing',
      }),
    ).toEqual({
      displayName: '[PERSON]',
      customer: { firstName: '[PERSON]', lastName: '[PERSON]', name: '[PERSON]' },
      metrics: { agentname: '[PERSON]' },
      from: 'AGENT',
      agentId: 'kwame',
      agentName: 'System',
      skillName: 'Billing',
    });
  });

  test('say whom the texts name', () => {
    expect(masked({ customerName: 'Xavi Zuberoa', text: 'the account of xavi zuberoa, Zuberoa and ZUBEROA' })).toEqual({
      customerName: '[PERSON]',
      text: 'the account of [PERSON], [PERSON] and [PERSON]',
    });
  });

  test('that hold addresses are masked as such', () => {
    expect(
      masked({
        address: { street: 'Elm Street', addressLine1: '12 Elm Street', city: 'Dayton', postalCode: '45402' },
        emailAddress: 'none',
        ipAddress: '10.0.0.1',
      }),
    ).toEqual({
      address: { street: '[ADDRESS]', addressLine1: '[ADDRESS]', city: 'Dayton', postalCode: '45402' },
      emailAddress: 'none',
      ipAddress: '[IP_ADDRESS]',
    });
  });

  test('in a document inside a string', () => {
    expect(masked({ raw: '{"customerName":"Xavi Zuberoa"}' })).toEqual({ raw: '{"customerName":"[PERSON]"}' });
  });
});

test('a setting keeps the names of agents', () => {
  const lines = [
    'agent|Hi, my name is Rosalind',
    'customer|hello Rosalind, I am Theodore Banks',
    'agent|thanks Theodore',
  ];
  expect(said(talk(...lines), { keepNamesOf: ['agent'] })).toEqual([
    'Hi, my name is Rosalind',
    'hello Rosalind, I am [PERSON]',
    'thanks [PERSON]',
  ]);
  expect(maskTranscript({ agentName: 'Rosalind', customerName: 'Theodore' }, { keepNamesOf: ['agent'] }).value).toEqual(
    {
      agentName: 'Rosalind',
      customerName: '[PERSON]',
    },
  );
});

test('surrogates join a person in a record', () => {
  const surrogate = (type: PiiType, canonical: string): string =>
    createHmac('sha256', 'a key for tests').update(`${type}:${canonical}`).digest('hex').slice(0, 12);
  const { value } = maskTranscript({ customerName: 'Ilse Quandt', text: 'hello Ilse, Mrs Quandt?' }, {}, { surrogate });
  const tokens = JSON.stringify(value).match(/\[PERSON:\w+\]/g);
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
});
