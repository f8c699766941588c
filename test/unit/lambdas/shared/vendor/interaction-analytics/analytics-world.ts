import { onTestFinished } from 'vitest';
import {
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../../../../../../emulator/stand-ins/cxone/start-cxone-simulator.ts';
import { MEDIA_TYPES } from '../../../../../../lambdas/shared/contracts/job-options.ts';
import type { CallFrame } from '../../../../../../lambdas/shared/vendor/exchange.ts';
import { AnalyticsApi } from '../../../../../../lambdas/shared/vendor/interaction-analytics/analytics-api.ts';
import { AnalyticsSource } from '../../../../../../lambdas/shared/vendor/interaction-analytics/analytics-source.ts';
import { Sessions } from '../../../../../../lambdas/shared/vendor/sign-in/sessions.ts';
import type {
  Artifact,
  FoundInteraction,
  WantedTranscript,
} from '../../../../../../lambdas/shared/vendor/transcript-source.ts';
import { callFrame } from '../../../../../call-frame.ts';
import { vendorConfig } from '../../../../../vendor-config.ts';

export const WINDOW = { from: '2026-11-21T00:00:00Z', to: '2026-11-22T00:00:00Z' };
const DAY = { fromMs: Date.parse(WINDOW.from), toMs: Date.parse(WINDOW.to), mediaTypes: MEDIA_TYPES };
export const OPTIONS = {
  mediaTypes: [...MEDIA_TYPES],
  redactionPolicy: 'auto' as const,
  format: 'json' as const,
  maxConcurrentDownloads: 5,
};
export const LIMITS = { maxBytes: 1e9, maxArtifactBytes: 1e9 };

/** A tenant with segments of one day, and the source as a function has it. */
export async function tenantWith(options: CxoneSimulatorOptions = {}) {
  const simulator = await startCxoneSimulator({
    interactions: { count: 60, from: '2026-11-20T12:00:00Z', to: '2026-11-21T20:00:00Z' },
    now: () => Date.parse('2026-11-30T00:00:00Z'),
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
  const source = new AnalyticsSource(new AnalyticsApi(config, new Sessions(config, { read: async () => credentials })));
  const { frame } = callFrame();
  const open = async (interactions: readonly WantedTranscript[], change: Partial<CallFrame> = {}) => {
    const batch = { jobId: 'direct', interactions, options: OPTIONS };
    const result = await source.open(batch, LIMITS, { ...frame, ...change });
    return { artifacts: await Array.fromAsync(result.artifacts), rest: result.rest(), result };
  };
  const discover = async () => {
    const discovery = await source.discover(DAY, () => false, frame);
    return [...(discovery?.found.values() ?? [])];
  };
  return { simulator, source, frame, open, discover };
}

/** Sorted ids of the artifacts with this outcome: `stored`, `missing`, `empty` or `failed`. */
export const idsOf = (artifacts: readonly Artifact[], outcome = 'stored') =>
  artifacts
    .filter((artifact) => (artifact.ok ? 'stored' : (artifact.outcome ?? 'failed')) === outcome)
    .map(({ interactionId = '' }) => interactionId)
    .sort();
/** Sorted ids of what was found. */
export const sortedIds = (found: readonly FoundInteraction[]) => found.map(({ interactionId }) => interactionId).sort();
