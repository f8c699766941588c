/** The `probe` command: signs in, asks each API once and Interaction Analytics a little more, and tells what it saw. */
import { CxoneCredentials } from '../../lambdas/shared/contracts/cxone-credentials.ts';
import { PIPELINE_VERSION } from '../../lambdas/shared/lib/version.ts';
import type { CallFrame } from '../../lambdas/shared/vendor/exchange.ts';
import { Sessions } from '../../lambdas/shared/vendor/sign-in/sessions.ts';
import { ANALYTICS, type AskedApi, otherApis, verdictOf } from './apis.ts';
import type { ProbeReport } from './probe-report.ts';
import { probeSegments } from './probe-segments.ts';
import { probeTranscripts } from './probe-transcripts.ts';
import { MOST_CALLS, TenantCalls } from './tenant-calls.ts';
import { type NamedVendor, tenantConfig } from './tenant-config.ts';

export interface ProbeResult {
  report: ProbeReport;
  /** A few masked words: for the eyes of who asked, in no report. */
  example?: string;
}

/**
 * What the tenant of these credentials really does. Nothing is changed there.
 *
 * @param onStep told what is asked next
 * @throws PipelineError as a sign-in does; the signal's reason once it aborts
 * @example (await probeTenant({ baseUrl, secret }, Date.now(), signal, () => {})).report.segments?.cursor // 'inclusive'
 */
export async function probeTenant(
  vendor: NamedVendor,
  nowMs: number,
  signal: AbortSignal,
  onStep: (text: string) => void,
): Promise<ProbeResult> {
  const credentials = CxoneCredentials.parse(vendor.secret);
  const sessions = new Sessions(tenantConfig(vendor), { read: async () => credentials });
  const frame = frameOf(signal);
  onStep('signing in');
  const { apiBase, expiresInSeconds, tenant } = await sessions.begin(frame);
  const calls = new TenantCalls(sessions, frame);

  onStep(`asking ${ANALYTICS.name}`);
  const { status, rows, findings: segments } = await probeSegments(calls, nowMs);
  const apis: AskedApi[] = [{ ...ANALYTICS, verdict: verdictOf(status), status }];
  for (const { name, use, request } of otherApis(nowMs)) {
    onStep(`asking ${name}`);
    const answer = await calls.ask(request);
    apis.push({ name, use, verdict: verdictOf(answer.status), status: answer.status });
  }
  onStep('asking for a few transcripts');
  const fetched = rows.length === 0 ? undefined : await probeTranscripts(calls, rows);
  return {
    report: {
      version: PIPELINE_VERSION,
      at: new Date(nowMs).toISOString(),
      signIn: {
        credentials: credentials.form,
        ...(tenant?.issuer !== undefined && { issuer: tenant.issuer }),
        ...(tenant?.area !== undefined && { area: tenant.area }),
        api: new URL(apiBase).host,
        tokenSeconds: expiresInSeconds,
      },
      apis,
      ...(segments !== undefined && { segments }),
      ...(fetched !== undefined && { transcripts: fetched.findings }),
      calls: { made: calls.made, most: MOST_CALLS },
      rateLimit: calls.limit ?? null,
    },
    ...(fetched?.example !== undefined && { example: fetched.example }),
  };
}

/** No time is left for a second try: an answer that asks to wait is what is looked for. */
function frameOf(signal: AbortSignal): CallFrame {
  return { signal, remainingMs: () => 0, metrics: { addMetric: () => undefined } };
}
