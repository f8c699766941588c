import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../../emulator/stand-ins/cxone/faults.ts';
import { DAY, DAY_AND_LATER, startPublicApis } from '../cxone-world.ts';

type CompletedFault = Extract<Fault, { on: 'completed' }>['do'];
interface Answer {
  totalRecords: number;
  completedContacts: { contactId: number; masterContactId: number; isAnalyticsProcessed: boolean }[];
}

const OF_THE_DAY = { startDate: DAY.from, endDate: DAY.to };
const read = async (answer: Response) => (await answer.json()) as Answer;
const startWith = (effect: CompletedFault) =>
  startPublicApis({ faults: [{ on: 'completed', times: 'always', do: effect }] });

describe('completed contacts', () => {
  it('are the contacts of the same interactions, a transfer within one of them once', async () => {
    const { simulator, apis } = await startPublicApis({ segments: { transferShare: 0.5 } });
    const { completedContacts, totalRecords } = await read(await apis.completed(OF_THE_DAY));
    const segments = simulator.segments({ from: DAY.from, to: DAY_AND_LATER.endingDate });
    const ids = completedContacts.map(({ contactId }) => contactId);
    expect(new Set(ids)).toEqual(new Set(segments.map(({ acdContactId }) => acdContactId)));
    expect([new Set(ids).size, totalRecords]).toEqual([ids.length, ids.length]);
    expect(ids.length).toBeLessThan(segments.length);
  });

  it('come in pages', async () => {
    const { apis } = await startPublicApis();
    const all = (await read(await apis.completed(OF_THE_DAY))).completedContacts;
    const second = await read(await apis.completed({ ...OF_THE_DAY, top: 7, skip: 7 }));
    expect(second.completedContacts).toEqual(all.slice(7, 14));
    expect(second.totalRecords).toBe(all.length);
    expect((await apis.completed({ ...OF_THE_DAY, skip: all.length })).status).toBe(204);
  });

  it('hold gaps that the list never shows, until they are closed, and what is not processed', async () => {
    const { simulator, apis } = await startPublicApis({ segments: { gapShare: 0.1, unprocessedShare: 0.1 } });
    const contacts = simulator.contacts(DAY);
    const [gap] = contacts.filter(({ isGap }) => isGap);
    const processed = await read(await apis.completed({ ...OF_THE_DAY, analyticsProcessed: 'true' }));
    const ids = processed.completedContacts.map(({ contactId }) => contactId);
    expect(ids).toEqual(contacts.filter(({ isProcessed }) => isProcessed).map(({ contactId }) => contactId));
    expect(ids).toContain(gap?.contactId);
    expect(ids.length).toBeLessThan(contacts.length);
    const listed = async () => {
      const { interactions } = await apis.page(DAY_AND_LATER);
      return interactions.map(({ acdContactId }) => acdContactId);
    };
    expect(await listed()).not.toContain(gap?.contactId);
    simulator.closeGaps();
    expect(await listed()).toContain(gap?.contactId);
    expect(simulator.contacts(DAY).some(({ isGap }) => isGap)).toBe(false);
  });

  it('are found by their last update, and with the fields that are asked for', async () => {
    const { apis } = await startPublicApis();
    const late = await read(await apis.completed({ ...OF_THE_DAY, updatedSince: '2026-10-01T20:00:00Z' }));
    const all = await read(await apis.completed({ ...OF_THE_DAY, fields: 'contactId,mediaTypeId' }));
    expect(late.completedContacts.length).toBeLessThan(all.completedContacts.length);
    expect(Object.keys(all.completedContacts[0] ?? {})).toEqual(['contactId', 'mediaTypeId']);
  });

  it.each<[Record<string, string>]>([
    [{ startDate: '2026-10-01T00:00:00+00:00' }],
    [{ startDate: '2026-10-01' }],
    [{ startDate: '2026-01-01T00:00:00Z' }],
    [{ top: 'all' }],
  ])('refuses %j, and says why in a header', async (change) => {
    const { apis } = await startPublicApis();
    const answer = await apis.completed({ ...OF_THE_DAY, ...change });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('icstatusdescription')).toMatch(/must be/);
  });

  it('answers 204 for a day without any, and 401 without a token', async () => {
    const { apis } = await startPublicApis();
    const other = { startDate: '2026-10-05T00:00:00Z', endDate: '2026-10-06T00:00:00Z' };
    expect((await apis.completed(other)).status).toBe(204);
    apis.use('another');
    expect((await apis.completed(other)).status).toBe(401);
  });
});

describe('faults of completed contacts', () => {
  it.each([408, 503])('%d with a reason in the header', async (status) => {
    const { apis } = await startWith({ status, statusDescription: 'Busy' });
    const answer = await apis.completed(OF_THE_DAY);
    expect([answer.status, answer.headers.get('icstatusdescription')]).toEqual([status, 'Busy']);
  });

  it('earlier names, numbers as text, a smaller page, another total', async () => {
    const { apis } = await startWith({ names: 'earlier', numbersAsText: true, pageCap: 5, totalRecords: null });
    const answer = await read(await apis.completed(OF_THE_DAY));
    expect(answer.completedContacts).toHaveLength(5);
    expect(answer).not.toHaveProperty('totalRecords');
    expect(answer.completedContacts[0]).toMatchObject({
      contactStart: expect.any(String),
      contactId: expect.any(String),
    });
  });

  it.each([-1, 1])('rows that moved by %d between two pages', async (movedRows) => {
    const { apis } = await startWith({ movedRows });
    const all = (await read(await apis.completed({ ...OF_THE_DAY, top: 20 }))).completedContacts;
    const second = await read(await apis.completed({ ...OF_THE_DAY, top: 5, skip: 5 }));
    expect(second.completedContacts).toEqual(all.slice(5 + movedRows, 10 + movedRows));
  });
});
