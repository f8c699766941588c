import { mkdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../emulator/stand-ins/cxone/faults.ts';
import { startCxoneSimulator } from '../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { scratch, transcripts } from './transcripts.ts';

const DAY = { from: '2026-11-20T00:00:00Z', to: '2026-11-21T00:00:00Z' };

async function reconcile(args: readonly string[], faults: readonly Fault[] = []) {
  const simulator = await startCxoneSimulator({
    interactions: { count: 40, ...DAY },
    segments: { gapShare: 0.2 },
    now: () => Date.parse('2026-11-25T00:00:00Z'),
    faults,
  });
  onTestFinished(() => simulator.close());
  const out = await scratch();
  await mkdir(`${out}/data-lake`);
  const env = { CXONE_ACCESS_KEY_ID: simulator.accessKeyId, CXONE_ACCESS_KEY_SECRET: simulator.accessKeySecret };
  const ended = await transcripts(['reconcile', ...args, '--cxone-url', simulator.baseUrl, '--out', out], { env });
  return { ...ended, simulator };
}

it('names what an empty lake lacks', async () => {
  const { code, stdout, simulator } = await reconcile(['2026-11-20', '2026-11-21', '--json']);
  const processed = simulator.contacts(DAY).filter(({ isProcessed }) => isProcessed);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ status: 'compared', expected: processed.length, stored: 0, from: '2026-11-20' });
  expect(report.missing.toSorted()).toEqual(processed.map(({ contactId }) => String(contactId)).sort());
  expect(code).toBe(1);
});

it('says in a line that the permission is missing, and does not fail', async () => {
  const { code, stdout } = await reconcile(
    ['2026-11-20', '2026-11-21'],
    [{ on: 'completed', times: 'always', do: { status: 403, body: '' } }],
  );
  expect(stdout).toMatch(/^.*not compared\. CXone refused the list of completed contacts with status 403: .*\n$/);
  expect(code).toBe(0);
});

it.each([[['2026-11-21', '2026-11-20']], [['yesterday', '2026-11-20']]])('refuses %j', async (args) => {
  const { code, stderr } = await reconcile(args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/before|It must be a day/)]);
});
