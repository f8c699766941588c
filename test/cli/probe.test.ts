import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOST_CALLS } from '../../cli/probe/tenant-calls.ts';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { scratch, transcripts } from './transcripts.ts';

const NOW = '2026-11-25T00:00:00Z';
const TRAFFIC = { count: 400, from: '2026-11-20T00:00:00Z', to: '2026-11-22T00:00:00Z' };

async function simulated(options: CxoneSimulatorOptions): Promise<CxoneSimulator> {
  const simulator = await startCxoneSimulator({ interactions: TRAFFIC, now: () => Date.parse(NOW), ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

/** The probe of a tenant: what it printed, what it wrote, and the report. */
async function probe(simulator: CxoneSimulator, args: string[] = [], secret = simulator.accessKeySecret) {
  const out = await scratch();
  const ended = await transcripts(['probe', '--cxone-url', simulator.baseUrl, '--out', out, ...args], {
    env: { CXONE_ACCESS_KEY_ID: simulator.accessKeyId, CXONE_ACCESS_KEY_SECRET: secret },
  });
  const files = await Promise.all(
    ['probe.json', 'probe.txt'].map((name) => readFile(join(out, name), 'utf8').catch(() => '')),
  );
  return { ...ended, files, report: files[0] === '' ? undefined : JSON.parse(files[0] ?? '') };
}

const verdicts = (report: { apis: { name: string; verdict: string }[] }) =>
  Object.fromEntries(report.apis.map(({ name, verdict }) => [name, verdict]));

/** Everything that nobody but the tenant may read. */
function secretsOf(simulator: CxoneSimulator): string[] {
  const segments = simulator.segments({ from: TRAFFIC.from, to: NOW });
  return [
    ...segments.flatMap(({ segmentId }) => simulator.plantedInSegment(segmentId)).flatMap(({ leaks }) => leaks),
    ...segments.flatMap(({ segmentId, interactionId, acdContactId }) => [
      segmentId,
      interactionId,
      String(acdContactId),
    ]),
    ...simulator.issuedTokens,
    simulator.accessKeyId,
    simulator.accessKeySecret,
    simulator.tenantId,
  ];
}

describe('probe', () => {
  it('prints what a tenant does, and neither prints nor writes anything of a person, an id or a token', async () => {
    const simulator = await simulated({ segments: { missingShare: 0.3, languages: ['de-DE'] } });
    const { code, stdout, stderr, files, report } = await probe(simulator);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      signIn: { credentials: 'access-key', area: 'na1' },
      segments: { cursor: 'inclusive', page: { asked: 1_001 } },
      transcripts: { languages: { 'de-DE': expect.any(Number) } },
      rateLimit: null,
    });
    expect(report.transcripts.sample).toHaveLength(10);
    expect(report.transcripts.missingShare).toBeGreaterThan(0);
    const [first] = simulator.segments({ from: TRAFFIC.from, to: NOW });
    expect(report.segments.oldest).toBe(first?.firstAnnotatedAt);
    expect(stdout).toContain('cursor                 inclusive');
    expect(stdout).toMatch(/masked words {2}.*_MASKED\]/);
    const said = [stdout, stderr, ...files].join('\n');
    expect(secretsOf(simulator).filter((value) => said.includes(value))).toEqual([]);
    // What is shown of a conversation stays on the screen.
    expect(files.join('')).not.toContain('_MASKED]');
  });

  it('asks little, and each API once', async () => {
    const simulator = await simulated({});
    const { report } = await probe(simulator);
    const signIn = ['signIn', 'openIdDiscovery', 'tenantDiscovery'].map(
      (call) => simulator.requests.filter((one) => one.call === call).length,
    );
    expect(signIn).toEqual([1, 1, 1]);
    expect(simulator.requests.length - 3).toBe(report.calls.made);
    expect(report.calls.made).toBeLessThanOrEqual(MOST_CALLS);
    expect(simulator.count('completed')).toBe(1);
  });

  it.each([
    ['exclusive', { exclusiveCursor: true }],
    ['ignored', { ignoreCursor: true }],
  ] as const)('sees that the cursor is %s', async (cursor, effect) => {
    const simulator = await simulated({ faults: [{ on: 'segments', times: 'always', do: effect }] });
    expect((await probe(simulator)).report.segments.cursor).toBe(cursor);
  });

  it('says which permission is missing, and exits 1', async () => {
    const forbidden = { status: 403, body: '' };
    const simulator = await simulated({
      faults: [
        { on: 'segments', times: 'always', do: forbidden },
        { on: 'completed', times: 'always', do: forbidden },
      ],
    });
    const { code, stdout, report } = await probe(simulator);
    expect(code).toBe(1);
    expect(verdicts(report)).toMatchObject({
      'Interaction Analytics': 'permission missing',
      'Completed contacts': 'permission missing',
    });
    expect(stdout).toContain('docs/tenant.md');
    // The token is good for the other APIs: nobody signs in again for each of them.
    expect(simulator.count('signIn')).toBe(1);
  });

  it('tells of a rate limit that it meets, and asks no more there', async () => {
    const simulator = await simulated({
      faults: [{ on: 'segmentTranscript', match: { nth: 4 }, times: 'always', do: { status: 429 } }],
    });
    const { code, stdout, report } = await probe(simulator);
    expect(code).toBe(0);
    expect(report.rateLimit).toEqual({ afterCalls: expect.any(Number), retryAfterSeconds: null });
    expect(report.transcripts.sample).toHaveLength(3);
    expect(simulator.count('segmentTranscript')).toBe(4);
    expect(stdout).toContain('without a word how long to wait');
  });

  it('ends with the sentence of a refused sign-in, tried once', async () => {
    const simulator = await simulated({});
    const { code, stderr, report } = await probe(simulator, [], 'not-the-secret');
    expect(code).toBe(1);
    expect(stderr).toContain('CXONE_ACCESS_KEY_ID');
    expect(stderr).not.toContain('not-the-secret');
    expect(report).toBeUndefined();
    expect(simulator.count('signIn')).toBe(1);
  });

  it('prints one JSON object for programs', async () => {
    const simulator = await simulated({ interactions: { ...TRAFFIC, count: 0 } });
    const { stdout, report } = await probe(simulator, ['--json']);
    expect(JSON.parse(stdout)).toEqual(report);
    expect(report.segments).toBeUndefined();
  });
});
