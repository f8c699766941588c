import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../../../../emulator/stand-ins/cxone/faults.ts';
import {
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { createContactLedger } from '../../../../../../lambdas/shared/vendor/contact-ledger.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { serve } from '../../../../../serve.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

const DAY = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' };
const [FROM_MS, TO_MS] = [Date.parse(DAY.from), Date.parse(DAY.to)];

async function tenantWith(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator({
    interactions: { count: 60, from: DAY.from, to: DAY.to },
    segments: { gapShare: 0.1, unprocessedShare: 0.1 },
    now: () => Date.parse('2026-11-23T00:00:00Z'),
    ...options,
  });
  onTestFinished(() => simulator.close());
  const { clientId, clientSecret, accessKeyId, accessKeySecret } = simulator;
  const credentials = {
    form: 'registered-application' as const,
    clientAuth: 'basic' as const,
    ...{ clientId, clientSecret, accessKeyId, accessKeySecret },
  };
  const config = vendorConfig(simulator.baseUrl);
  const ledger = createContactLedger(config, new Sessions(config, { read: async () => credentials }));
  const read = async (fromMs = FROM_MS, toMs = TO_MS) =>
    (await Array.fromAsync(ledger.contacts(fromMs, toMs, callFrame().frame))).flat();
  return { simulator, read };
}

const always = (effect: Extract<Fault, { on: 'completed' }>['do']): Fault[] => [
  { on: 'completed', times: 'always', do: effect },
];

describe('the ledger of completed contacts', () => {
  it.each<[string, readonly Fault[]]>([
    ['as it is', []],
    ['by earlier names, with numbers as text', always({ names: 'earlier', numbersAsText: true })],
    ['in small pages whose rows move on', always({ pageCap: 5, movedRows: 1 })],
    ['in small pages whose rows move back', always({ pageCap: 5, movedRows: -1 })],
    ['with a wrong total', always({ totalRecords: 3 })],
    ['without a total', always({ totalRecords: null })],
    ['behind a 408 and a 503', [408, 503].map((status) => ({ on: 'completed', do: { status } }))],
    ['where the token dies on the way', [{ on: 'completed', match: { nth: 2 }, do: { tokenDies: true, status: 401 } }]],
  ])('%s holds what the vendor has', async (_name, faults) => {
    const { simulator, read } = await tenantWith({ faults });
    const byId = (a: { contactId: string }, b: { contactId: string }) => a.contactId.localeCompare(b.contactId);
    const expected = simulator.contacts(DAY).map((contact) => ({
      contactId: String(contact.contactId),
      startMs: contact.startMs,
      isProcessed: contact.isProcessed,
      processedMs: contact.processedMs ?? contact.lastUpdateMs,
    }));
    const found = (await read()).map(({ mediaType: _, ...contact }) => contact);
    expect(found.sort(byId)).toEqual(expected.sort(byId));
  });

  it('is empty where the vendor answers 204', async () => {
    const { simulator, read } = await tenantWith();
    expect(await read(TO_MS, TO_MS + 1_000)).toEqual([]);
    expect(simulator.count('completed')).toBe(1);
  });

  it.each<[string, readonly Fault[], number, string]>([
    ['without the permission', always({ status: 403 }), 403, 'VendorAuthFailed'],
    ['where there is no such list', always({ status: 404 }), 404, 'VendorContractChanged'],
    ['that is asked for more than it may be', always({ status: 429 }), 429, 'VendorThrottled'],
  ])('%s is an error', async (_name, faults, status, name) => {
    const { read } = await tenantWith({ faults });
    await expect(read()).rejects.toMatchObject({ status, name });
  });

  it('says which permission is missing', async () => {
    const { read } = await tenantWith({ faults: always({ status: 403 }) });
    await expect(read()).rejects.toThrow(/completed contacts with status 403: .*ACD, View/);
  });

  it('goes back as far as the vendor lists', async () => {
    const { read } = await tenantWith();
    const oldMs = Date.parse('2026-10-01T00:00:00Z');
    await expect(read(oldMs, oldMs + 86_400_000)).rejects.toMatchObject({ status: 400, name: 'VendorRejected' });
  });

  it('is found under the other spelling of its path', async () => {
    const { url, requests } = await serve(({ path }, response) => {
      response.writeHead(path.startsWith('/inContactAPI/') ? 204 : 404).end();
    });
    const session = { token: 't', apiBase: url, expiresInSeconds: 3_600, scopes: undefined };
    const ledger = createContactLedger(vendorConfig(url), { get: async () => session, drop: () => {} });
    const read = () => Array.fromAsync(ledger.contacts(FROM_MS, TO_MS, callFrame().frame));
    expect((await read()).flat()).toEqual([]);
    await read();
    expect(requests.map(({ path }) => path.split('/')[1])).toEqual(['incontactapi', 'inContactAPI', 'inContactAPI']);
  });
});
