import { describe, expect, it } from 'vitest';
import { DOCUMENTED_LIMITS } from '../../../../../../emulator/stand-ins/cxone/digital-engagement/rate-limits.ts';
import { buildTranscript } from '../../../../../../lambdas/shared/vendor/digital-engagement/build-transcript.ts';
import {
  CONTACT_READS_AT_ONCE,
  CONTACT_READS_PER_HOUR,
  TENANT_READS_PER_HOUR,
} from '../../../../../../lambdas/shared/vendor/digital-engagement/limits.ts';
import { mediumOf } from '../../../../../../lambdas/shared/vendor/digital-engagement/medium.ts';
import { textOf } from '../../../../../../lambdas/shared/vendor/digital-engagement/message-text.ts';
import { readContact } from '../../../../../../lambdas/shared/vendor/digital-engagement/read-contact.ts';
import { readTime } from '../../../../../../lambdas/shared/vendor/digital-engagement/read-time.ts';
import { Message } from '../../../../../../lambdas/shared/vendor/digital-engagement/schemas.ts';

it.each([
  ['2026-11-20T10:00:00+00:00', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20T10:00:00.5+00:00', '2026-11-20T10:00:00.500Z'],
  ['2026-11-20T10:00:00.123456+0100', '2026-11-20T09:00:00.123Z'],
  ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20 10:00:00', '2026-11-20T10:00:00.000Z'],
  ['0000-00-00T00:00:00+00:00', undefined],
  ['9999-12-31T00:00:00Z', undefined],
  ['2026-13-20T10:00:00Z', undefined],
  ['12', undefined],
])('the time %s is %s', (text, expected) => {
  const ms = readTime(text);
  expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(expected);
});

it.each([
  ['chat_4f1c', 'chat'],
  ['livechat_1', 'chat'],
  ['email_a', 'email'],
  ['sms_1', 'sms'],
  ['whatsapp_1', 'social'],
  ['facebook_9', 'social'],
  ['custom_0a7e', 'digital'],
  ['', 'digital'],
])('the channel %j is of the medium %s', (channel, medium) => {
  expect(mediumOf(channel)).toBe(medium);
});

describe('a row of the list', () => {
  const row = { id: '7', status: 'closed', statusUpdatedAt: '2026-11-20T10:00:00+00:00', channelId: 'chat_1' };
  it.each([
    ['as documented', row, { interactionId: '7', isFinished: true }],
    ['with a number for an id', { ...row, id: 7 }, { interactionId: '7' }],
    ['of another case', { ...row, status: 'RESOLVED' }, { isFinished: true }],
    ['that was reopened', { ...row, status: 'open' }, { isFinished: false }],
    ['with a start of no form', { ...row, createdAt: 'yesterday' }, { startMs: undefined }],
    [
      'with other ids',
      { ...row, interactionId: 'a', contactId: 'b' },
      { aliases: { interactionId: 'a', acdContactId: 'b' } },
    ],
    ['with ids of no form', { ...row, interactionId: '../a', contactId: {} }, { aliases: {} }],
  ])('%s', (_, given, expected) => {
    expect(readContact(given)).toMatchObject({ ok: true, contact: expected });
  });

  it.each([
    ['without a status', { id: '7', statusUpdatedAt: row.statusUpdatedAt }, '7'],
    ['without a time', { ...row, statusUpdatedAt: null }, '7'],
    ['with an id that is a path', { ...row, id: '../7' }, expect.stringMatching(/^unreadable-row:/)],
    ['that is none', null, expect.stringMatching(/^unreadable-row:/)],
  ])('%s cannot be read', (_, given, id) => {
    expect(readContact(given)).toEqual({ ok: false, id });
  });
});

it.each<[string, Record<string, unknown>, string, unknown]>([
  [
    'TEXT',
    { type: 'TEXT', payload: { text: 'Hi' }, fallbackText: 'Hi', text: 'Hi' },
    'Hi',
    { type: 'TEXT', payload: {} },
  ],
  [
    'QUICK_REPLIES',
    { payload: { text: { content: 'Ok?' }, actions: [{ text: 'Yes', postback: 'y' }] } },
    'Ok?\nYes',
    { payload: { text: {}, actions: [{ postback: 'y' }] } },
  ],
  [
    'PLUGIN',
    { payload: { elements: [{ type: 'TITLE', text: 'Fee' }, { elements: [{ text: '12 $' }] }] } },
    'Fee\n12 $',
    { payload: { elements: [{ type: 'TITLE' }, { elements: [{}] }] } },
  ],
  [
    'RICH_LINK',
    { payload: { title: { content: 'Help' }, url: 'https://x' } },
    'Help',
    { payload: { title: {}, url: 'https://x' } },
  ],
  ['a stand-in', { type: 'FORM', fallbackText: 'Please fill in' }, 'Please fill in', { type: 'FORM' }],
  [
    'none',
    { type: 'TEXT', payload: { text: '' }, fallbackText: '' },
    '',
    { type: 'TEXT', payload: {}, fallbackText: '' },
  ],
])('the text of %s', (_, content, text, rest) => {
  expect(textOf(content)).toEqual({ text, rest });
});

describe('a transcript', () => {
  const message = (source: Record<string, unknown>) => ({ ...Message.parse(source), isCut: false });
  const at = (second: number, ms = '000') => `2026-11-20T10:00:0${second}.${ms}+00:00`;

  it('goes by milliseconds, whatever the order of the list and the other time', () => {
    const { json, latestMs } = buildTranscript([
      message({ id: '3', createdAt: at(0), createdAtWithMilliseconds: at(2) }),
      message({ id: '2', createdAt: at(9), createdAtWithMilliseconds: at(1, '900') }),
      message({ id: '1', createdAtWithMilliseconds: at(1, '100') }),
    ]);
    expect((JSON.parse(json) as { messages: { id: string }[] }).messages.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(latestMs).toBe(Date.parse('2026-11-20T10:00:02Z'));
  });

  it('says who spoke, and keeps what else is said of a message', () => {
    const { json } = buildTranscript([
      message({ id: 1, direction: 'inbound', participantType: 'made-up', attachments: [{ url: 'u' }] }),
      message({ id: '2', direction: 'outbound' }),
      message({ id: '3', direction: 'outbound', authorUser: { isBotUser: true } }),
      message({ id: '4', authorUser: { isSurveyUser: true } }),
      message({ id: '5', authorUser: { firstName: 'Alex' } }),
    ]);
    const { messages } = JSON.parse(json) as { messages: Record<string, unknown>[] };
    expect(messages.map(({ participantType }) => participantType)).toEqual([
      'customer',
      'agent',
      'bot',
      'survey',
      'agent',
    ]);
    expect(messages[0]).toMatchObject({ id: '1', attachments: [{ url: 'u' }] });
  });

  it('is empty where nothing was said, and not where it was removed', () => {
    const gone = message({ id: '1', contentRemoved: { reason: 'TTL' }, messageContent: { payload: { text: '' } } });
    expect(buildTranscript([]).isEmpty).toBe(true);
    expect(buildTranscript([message({ id: '1', messageContent: { payload: {} } })]).isEmpty).toBe(true);
    const removed = buildTranscript([gone, message({ id: '2', contentRemoved: { reason: '<b>' } })]);
    expect([removed.isEmpty, JSON.parse(removed.json)]).toMatchObject([
      false,
      { contentRemoved: { TTL: 1, other: 1 } },
    ]);
  });
});

it('the limits are those that the simulator keeps', () => {
  expect(DOCUMENTED_LIMITS).toEqual({
    tenantPerHour: TENANT_READS_PER_HOUR,
    contactPerHour: CONTACT_READS_PER_HOUR,
    contactBurst: CONTACT_READS_AT_ONCE,
  });
});
