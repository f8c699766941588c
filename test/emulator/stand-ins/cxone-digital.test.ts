import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConversation } from '../../../emulator/stand-ins/cxone/generator/conversation.ts';
import type { CxoneSimulatorOptions } from '../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { startSignedIn } from './cxone-world.ts';

const from = '2026-11-20T00:00:00.000Z';
const to = '2026-11-21T00:00:00.000Z';
const AFTERWARDS = Date.parse('2026-11-25T00:00:00Z');
const TIME = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
const UUID = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const Identity = z.object({ idOnExternalPlatform: z.string(), firstName: z.string(), lastName: z.string() });
const User = z.object({
  id: z.int(),
  emailAddress: z.string(),
  loginUsername: z.string(),
  firstName: z.string(),
  surname: z.string(),
  isBotUser: z.boolean(),
  isSurveyUser: z.boolean(),
});
const Contact = z.object({
  id: z.string().regex(/^\d+$/),
  contactId: UUID,
  interactionId: z.string(),
  customerContactId: UUID,
  channelId: z.string(),
  threadId: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  status: z.enum(['closed', 'escalated', 'new', 'open', 'pending', 'resolved', 'trashed']),
  statusUpdatedAt: TIME,
  createdAt: TIME,
  inboxAssigneeUser: User.nullable(),
  endUser: z.looseObject({
    id: z.string(),
    updatedAt: TIME,
    identities: z.array(Identity),
    messageStatistics: z.object({ inbound: z.int(), outbound: z.int() }),
    sentimentStatistics: z.object({ negative: z.int(), neutral: z.int(), positive: z.int() }),
  }),
  customFields: z.array(z.object({ ident: z.string(), value: z.string() })),
  recipients: z.array(z.object({ idOnExternalPlatform: z.string() })),
  userFingerprint: z.object({ ip: z.string(), location: z.string() }),
});
const Message = z.object({
  id: z.string().regex(/^\d+$/),
  contactNumber: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  createdAt: TIME,
  createdAtWithMilliseconds: z.string().regex(/\.\d{3}\+00:00$/),
  hasAdditionalMessageContent: z.boolean(),
  contentRemoved: z.object({ reason: z.enum(['GDPR', 'TTL', 'other']), removedAt: TIME }).nullable(),
  authorEndUserIdentity: Identity.nullable(),
  authorUser: User.nullable(),
  attachments: z.array(z.object({ friendlyName: z.string(), url: z.string() })),
  messageContent: z.object({
    type: z.enum(['TEXT', 'PLUGIN', 'QUICK_REPLIES', 'LIST_PICKER', 'RICH_LINK', 'ADAPTIVE_CARD']),
    payload: z.looseObject({}),
    fallbackText: z.string(),
    postback: z.string().nullable(),
  }),
});
const ContactPage = z.object({ hits: z.int(), data: z.array(Contact), scrollToken: z.string().optional() });
const MessagePage = z.object({ hits: z.int(), data: z.array(Message) });

const ANY_QUERY = 'status[]=closed&status[]=resolved&sorting=updatedAt&sortingType=asc';

async function startDigital(options: CxoneSimulatorOptions = {}) {
  const world = await startSignedIn({
    interactions: { count: 200, from, to },
    lateShare: 0,
    tokenLifetimeSeconds: 1e6,
    now: () => AFTERWARDS,
    ...options,
  });
  const get = (path: string) => world.client.get(`/dfo/3.0${path}`);
  const list = async (query: string) => ContactPage.parse(await (await get(`/contacts?${query}`)).json());
  const walk = async (query = ANY_QUERY, pages = 100) => {
    const walked: z.infer<typeof ContactPage>[] = [];
    let token = '';
    do {
      const page = await list(`${query}${token}`);
      walked.push(page);
      token = page.scrollToken === undefined ? '' : `&scrollToken=${page.scrollToken}`;
    } while (walked.at(-1)?.data.length !== 0 && token !== '' && walked.length < pages);
    return walked;
  };
  const messages = async (id: string) => MessagePage.parse(await (await get(`/contacts/${id}/messages`)).json()).data;
  return { ...world, get, list, walk, messages };
}

const rowsOf = (pages: readonly { data: z.infer<typeof Contact>[] }[]) => pages.flatMap(({ data }) => data);

describe('the list of contacts', () => {
  it('shows 25 a page, by the time of the last change, each contact once', async () => {
    const { simulator, walk } = await startDigital();
    const pages = await walk();
    expect(pages.map(({ data }) => data.length).slice(0, -2)).toEqual(pages.slice(0, -2).map(() => 25));
    const rows = rowsOf(pages);
    const voice = simulator.interactionIds(200).filter((id) => simulator.plantedValues(id, ['voice']).length > 0);
    expect(rows).toHaveLength(200 - voice.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const times = rows.map(({ statusUpdatedAt }) => statusUpdatedAt);
    expect(times).toEqual(times.toSorted());
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['closed', 'resolved']));
  });

  it('filters by status and day', async () => {
    const { walk } = await startDigital({ reopenedShare: 0.5 });
    const all = rowsOf(await walk());
    expect(new Set(rowsOf(await walk('status[]=resolved')).map(({ status }) => status))).toEqual(new Set(['resolved']));
    const later = rowsOf(await walk(`${ANY_QUERY}&date[from]=2026-11-21&date[to]=2026-11-21`));
    expect(later.length).toBeGreaterThan(0);
    expect(later).toEqual(all.filter(({ statusUpdatedAt }) => statusUpdatedAt.startsWith('2026-11-21')));
  });

  it('shows what a contact is at the moment, and reopens some of them', async () => {
    let nowMs = Date.parse(to);
    const { list, walk, messages } = await startDigital({ reopenedShare: 1, now: () => nowMs });
    const [before] = (await list(`${ANY_QUERY}&date[from]=2026-11-20`)).data;
    expect(before?.statusUpdatedAt.startsWith('2026-11-20')).toBe(true);
    const said = await messages(before?.id ?? '');
    nowMs = AFTERWARDS;
    const after = rowsOf(await walk()).find(({ id }) => id === before?.id);
    expect(after?.statusUpdatedAt).not.toBe(before?.statusUpdatedAt);
    expect(await messages(before?.id ?? '')).toHaveLength(said.length + 2);
  });

  it('refuses what no list has', async () => {
    const { get } = await startDigital();
    for (const query of ['status[]=done', 'sorting=name', 'date[from]=yesterday', 'scrollToken=made-up']) {
      const answer = await get(`/contacts?${query}`);
      expect([answer.status, Object.keys((await answer.json()) as object)]).toEqual([400, ['errors', 'uid']]);
    }
    expect((await get('/contacts?unknown=1')).status).toBe(200);
  });

  it('repeats a token while its pages advance, lets one stand still, and lets one expire', async () => {
    const { simulator, walk, list, get } = await startDigital();
    const all = rowsOf(await walk());
    simulator.setFaults([{ on: 'contacts', times: 'always', do: { repeatToken: true } }]);
    const pages = await walk();
    expect(rowsOf(pages)).toEqual(all);
    expect(new Set(pages.map(({ scrollToken }) => scrollToken)).size).toBe(1);
    simulator.setFaults([{ on: 'contacts', times: 'always', do: { standStill: true } }]);
    const [first, ...others] = await walk(ANY_QUERY, 4);
    expect(others.map(({ data }) => data)).toEqual([first?.data, first?.data, first?.data]);
    simulator.setFaults([{ on: 'contacts', match: { nth: 2 }, do: { expireToken: true } }]);
    const { scrollToken } = await list(ANY_QUERY);
    expect((await get(`/contacts?${ANY_QUERY}&scrollToken=${scrollToken}`)).status).toBe(400);
    expect((await get(`/contacts?${ANY_QUERY}&scrollToken=${scrollToken}`)).status).toBe(400);
  });

  it('loses rows from a page when contacts are reopened while it is walked', async () => {
    const { simulator, walk } = await startDigital();
    const all = rowsOf(await walk());
    simulator.setFaults([{ on: 'contacts', match: { nth: 2 }, do: { reopen: 3 } }]);
    const moved = rowsOf(await walk());
    expect(moved).toHaveLength(all.length - 3);
  });
});

describe('messages', () => {
  it('come newest first, some of a second in the wrong order, in every form', async () => {
    const { walk, messages, get } = await startDigital();
    const types = new Set<string>();
    let isWrong = false;
    let cut = 0;
    for (const { id } of rowsOf(await walk())) {
      const listed = await messages(id);
      const times = listed.map(({ createdAt }) => createdAt);
      expect(times).toEqual(times.toSorted().reverse());
      const precise = listed.map(({ createdAtWithMilliseconds }) => createdAtWithMilliseconds);
      isWrong ||= JSON.stringify(precise) !== JSON.stringify(precise.toSorted().reverse());
      for (const { messageContent, hasAdditionalMessageContent, id: messageId } of listed) {
        types.add(messageContent.type);
        if (!hasAdditionalMessageContent) continue;
        cut += 1;
        const whole = Message.parse(await (await get(`/messages/${messageId}`)).json());
        expect(whole.hasAdditionalMessageContent).toBe(false);
        const [short, long] = [messageContent, whole.messageContent].map(({ payload }) => String(payload.text));
        expect(long?.startsWith(short ?? '-') && long !== short).toBe(true);
      }
    }
    expect(isWrong).toBe(true);
    expect(cut).toBeGreaterThan(0);
    expect([...types].sort()).toEqual(['ADAPTIVE_CARD', 'LIST_PICKER', 'PLUGIN', 'QUICK_REPLIES', 'RICH_LINK', 'TEXT']);
  });

  it('are those of the same person in the same conversation as over the other sources', async () => {
    const { simulator, walk, messages } = await startDigital({ seed: 'same' });
    const id = simulator.interactionIds(200).find((each) => simulator.plantedValues(each, ['chat']).length > 0) ?? '';
    const { dialogue } = createConversation({ seed: 'same', interactionId: id, mediaType: 'chat' });
    const contact = rowsOf(await walk()).find(({ endUser }) =>
      JSON.stringify(endUser).includes(dialogue.person.values.EMAIL_ADDRESS),
    );
    const said = JSON.stringify(await messages(contact?.id ?? ''));
    const inputs = dialogue.turns.filter(({ speaker, text }) => speaker === 'customer' && text.length < 160);
    for (const { text } of inputs) expect(said).toContain(JSON.stringify(text));
  });

  it('can be a bare array, cut short, removed or none at all', async () => {
    const { simulator, list, get } = await startDigital();
    const id = (await list(ANY_QUERY)).data[0]?.id ?? '';
    const answerWith = async (effect: object) => {
      simulator.setFaults([{ on: 'messages', match: { interactionId: id }, do: effect }]);
      return (await get(`/contacts/${id}/messages`)).json() as Promise<unknown>;
    };
    expect(z.array(Message).safeParse(await answerWith({ bareArray: true })).success).toBe(true);
    const cut = MessagePage.parse(await answerWith({ cutTo: 3 }));
    expect(cut.data.some(({ hasAdditionalMessageContent }) => hasAdditionalMessageContent)).toBe(true);
    const removed = MessagePage.parse(await answerWith({ removed: 'GDPR' }));
    expect(new Set(removed.data.map(({ contentRemoved }) => contentRemoved?.reason))).toEqual(new Set(['GDPR']));
    expect(await answerWith({ noMessages: true })).toEqual({ hits: 0, data: [] });
    expect(await answerWith({ status: 404 })).toEqual({ error: 'simulated_fault' });
  });
});

it('says who is asking too often: of one contact, and of all', async () => {
  const limits = { contactBurst: 2, contactPerHour: 1_020, tenantPerHour: 4 };
  let nowMs = AFTERWARDS;
  const { list, get } = await startDigital({ digitalLimits: limits, now: () => nowMs });
  const [one, other] = (await list(ANY_QUERY)).data.map(({ id }) => id);
  const read = async (id: string | undefined) => (await get(`/contacts/${id}`)).status;
  expect([await read(one), await read(one), await read(one)]).toEqual([200, 200, 429]);
  expect([await read(other)]).toEqual([429]);
  nowMs += 3_600_000;
  expect([await read(one), await read(other)]).toEqual([200, 200]);
});

it('knows nothing of calls, of other numbers, and of those without a token', async () => {
  const { simulator, client, get } = await startDigital();
  expect((await get('/contacts/1')).status).toBe(404);
  expect((await get('/contacts/9999999/messages')).status).toBe(404);
  expect((await get('/messages/70000009999')).status).toBe(404);
  expect((await fetch(`${simulator.baseUrl}/dfo/3.0/contacts`)).status).toBe(401);
  // Whatever else a caller takes: without JSON by name some of the vendor's routes answer otherwise.
  const paths = ['contacts', 'contacts/7000000', 'contacts/7000000/messages', 'messages/70000000000'];
  const answers = await Promise.all(paths.map((path) => client.get(`/dfo/3.0/${path}`, '*/*')));
  expect(answers.map(({ status }) => status)).toEqual([406, 406, 406, 406]);
});
