import { afterEach } from 'vitest';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { createDigitalApi } from '../../../../../../lambdas/shared/vendor/digital-engagement/digital-api.ts';
import { DigitalEngagementSource } from '../../../../../../lambdas/shared/vendor/digital-engagement/digital-engagement-source.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import type { Artifact, TimeSlice } from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

export const FROM = Date.parse('2026-11-20T00:00:00Z');
export const TO = Date.parse('2026-11-21T00:00:00Z');
export const DAY: TimeSlice = { fromMs: FROM, toMs: TO, mediaTypes: ['chat', 'email', 'sms', 'social'] };

let simulators: CxoneSimulator[] = [];
afterEach(async () => {
  await Promise.all(simulators.map((simulator) => simulator.close()));
  simulators = [];
});

/** The source, signed in with an access key at a simulator that has 400 interactions on 19 and 20 November. */
export async function startDigitalSource(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator({
    interactions: { count: 400, from: '2026-11-19T00:00:00Z', to: '2026-11-21T00:00:00Z' },
    now: () => Date.parse('2026-11-25T00:00:00Z'),
    reopenedShare: 0.1,
    tokenLifetimeSeconds: 1e6,
    ...options,
  });
  simulators.push(simulator);
  const { accessKeyId, accessKeySecret, clientId, clientSecret } = simulator;
  const form = { form: 'registered-application', clientAuth: 'basic' } as const;
  const secret = { read: async () => ({ ...form, accessKeyId, accessKeySecret, clientId, clientSecret }) };
  const sessions = new Sessions({ ...vendorConfig(simulator.baseUrl), CXONE_API_URL: simulator.baseUrl }, secret);
  const source = new DigitalEngagementSource(createDigitalApi(sessions));
  const { frame } = callFrame();
  const discover = async (slice: TimeSlice = DAY) => {
    const found = (await source.discover(slice, () => false, frame))?.found;
    if (found === undefined) throw new Error('the slice was given up');
    return found;
  };
  const open = async (ids: readonly string[], limits = { maxBytes: 1e9, maxArtifactBytes: 1e8 }) => {
    const interactions = ids.map((interactionId) => ({ interactionId }));
    const options = {
      mediaTypes: ['chat' as const],
      redactionPolicy: 'none' as const,
      format: 'json' as const,
      maxConcurrentDownloads: 1,
    };
    const result = await source.open({ jobId: 'direct', interactions, options }, limits, frame);
    const artifacts: Artifact[] = await Array.fromAsync(result.artifacts);
    return { artifacts, rest: result.rest(), bytes: result.bytesRead() };
  };
  return { simulator, source, frame, discover, open };
}
