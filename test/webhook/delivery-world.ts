/** A stored run, S3 and a webhook receiver on real sockets, and the delivery's state machine in virtual time. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach } from 'vitest';
import { type S3StandIn, startS3 } from '../../emulator/stand-ins/s3/start-s3.ts';
import {
  startWebhookReceiver,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from '../../emulator/stand-ins/webhook-receiver.ts';
import { callForBatch } from '../../lambdas/deliver-transcripts/call-for-batch.ts';
import { callForRun } from '../../lambdas/deliver-transcripts/call-for-run.ts';
import type { Dependencies } from '../../lambdas/deliver-transcripts/dependencies.ts';
import { writeDeliveryAudit } from '../../lambdas/park-deliveries/audit-delivery.ts';
import { parkPending } from '../../lambdas/park-deliveries/park-pending.ts';
import { writeParkedList } from '../../lambdas/park-deliveries/parked-list.ts';
import { readDeliveryRequest } from '../../lambdas/shared/delivery/delivery-request.ts';
import { ParkedLine } from '../../lambdas/shared/delivery/parked-line.ts';
import type { SigningKeys } from '../../lambdas/shared/delivery/signer.ts';
import { eventIdOf } from '../../lambdas/shared/delivery/transcript-events.ts';
import { WebhookClient } from '../../lambdas/shared/delivery/webhook-client.ts';
import { type SigningSecret, WebhookDestination } from '../../lambdas/shared/delivery/webhook-destination.ts';
import { keys } from '../../lambdas/shared/storage/layout.ts';
import { ObjectStore } from '../../lambdas/shared/storage/object-store.ts';
import type { StoredPart } from '../../lambdas/shared/storage/records.ts';
import { receiptOf } from '../builders/receipt.ts';

export const BUCKET = 'test-lake';
const STORED_AT = '2026-11-20T03:10:00.000Z';
const STARTED_AT_MS = Date.parse('2026-11-20T04:00:00.000Z');

export const signingKey = () => `whsec_${randomBytes(24).toString('base64')}`;

/** One masked row of the form that the store step writes. */
export function rowText(runId: string, interactionId: string, text = 'hello [EMAIL_ADDRESS]'): string {
  const transcript = JSON.stringify({ turns: [{ speaker: 'agent', text }] });
  const contentSha256 = createHash('sha256').update(transcript).digest('hex');
  const head = { schemaVersion: 1, interactionId, mediaType: 'voice', timestamp: '2026-11-19T10:00:00.000Z' };
  const tail = {
    masked: true,
    maskRulesVersion: '1',
    findings: { EMAIL_ADDRESS: 1 },
    shiftedOffsets: 0,
    contentSha256,
    runId,
    jobId: 'job-1',
    extractedAt: STORED_AT,
  };
  return `${JSON.stringify(head).slice(0, -1)},"transcript":${transcript},${JSON.stringify(tail).slice(1)}`;
}

export interface Clock {
  now: number;
  /** When the function was called that runs now. */
  calledAt: number;
}

/** As in the template, less what the middleware keeps back. */
const FUNCTION_MS = 298_000;

export interface DeliveryWorld {
  store: ObjectStore;
  s3: S3StandIn;
  receiver: WebhookReceiver;
  client: WebhookClient;
  dependencies: Dependencies;
  /** What sends the requests of the next call; tests put others in its place. */
  transport: { client: Pick<WebhookClient, 'post'> };
  /** Virtual time, in ms since the epoch. */
  clock: Clock;
  secret: { value: SigningKeys; reads: number };
  /** Stores a batch as the store step does; returns the ids of its events, in order. */
  storeBatch(runId: string, batch: number, rows: number, change?: (row: number) => string): Promise<string[]>;
  storeManifest(runId: string): Promise<void>;
  /** An execution of TranscriptDelivery, from its first state to its last. */
  deliver(request: unknown, options?: DeliverOptions): Promise<DeliveryOutcome>;
  /** The loop of a batch's child execution: attempts until it is told to go on. */
  deliverBatch(
    runId: string,
    batch: number,
  ): Promise<{ calls: number; waits: number[]; pending: number; parked: number }>;
  parked(runId: string): Promise<ParkedLine[]>;
}

interface DeliverOptions {
  name?: string;
  /** Called before each call of the function, with virtual hours since the start. */
  before?: (hours: number) => void;
  dependencies?: Partial<Dependencies>;
}

interface DeliveryOutcome {
  calls: number;
  waits: number[];
  hours: number;
  delivered: number;
  parked: number;
  /** Executions that it took, the first one included. */
  executions: number;
  /** Emitted as a metric. */
  newlyParked: number;
}

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

export async function startWorld(
  receiverOptions: WebhookReceiverOptions = {},
  config: Partial<Dependencies['config']> = {},
): Promise<DeliveryWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'delivery-test-'));
  cleanUps.push(() => rm(dir, { recursive: true, force: true }));
  const s3 = await startS3({ dir, bucket: BUCKET });
  cleanUps.push(() => s3.close());
  const key = signingKey();
  const receiver = await startWebhookReceiver({ secret: key, ...receiverOptions });
  cleanUps.push(() => receiver.close());
  const s3Client = new S3Client({
    endpoint: s3.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const store = new ObjectStore(BUCKET, s3Client);
  const client = new WebhookClient({ url: new URL(receiver.url), connections: 8, timeoutMs: 300 });
  cleanUps.push(async () => {
    client.close();
    s3Client.destroy();
  });
  const clock: Clock = { now: STARTED_AT_MS, calledAt: STARTED_AT_MS };
  const secret = { value: { current: key } as SigningKeys, reads: 0 };
  const signing: SigningSecret = {
    read: async () => {
      secret.reads += 1;
      return secret.value;
    },
  };
  const transport: DeliveryWorld['transport'] = { client };
  const dependencies: Dependencies = {
    store,
    openDestination: () => new WebhookDestination(transport.client, signing, () => clock.now),
    config: {
      DATA_LAKE_BUCKET: BUCKET,
      WEBHOOK_CONCURRENCY: 8,
      WEBHOOK_MAX_EVENT_BYTES: 262_144,
      WEBHOOK_GIVE_UP_SECONDS: 259_200,
      ...config,
    },
    // Verifiers look at the real clock; the virtual one rules waits and deadlines.
    now: () => clock.now,
    random: () => 1,
    remainingMs: () => FUNCTION_MS - (clock.now - clock.calledAt),
    sleep: async (milliseconds) => {
      const until = clock.now + milliseconds;
      // Others that wait come to it first.
      await new Promise((resolve) => setImmediate(resolve));
      clock.now = Math.max(clock.now, until);
    },
  };
  const world: DeliveryWorld = {
    store,
    s3,
    receiver,
    client,
    transport,
    dependencies,
    clock,
    secret,
    storeBatch: (runId, batch, rows, change) => storeBatch(store, runId, batch, rows, change),
    storeManifest: (runId) => storeManifest(store, runId),
    deliver: (request, options) => deliverRun(dependencies, clock, request, options),
    deliverBatch: (runId, batch) => deliverOneBatch(dependencies, clock, runId, batch),
    parked: async (runId) => {
      const lines: ParkedLine[] = [];
      for await (const line of store.readLines(keys.parked(runId))) lines.push(ParkedLine.parse(JSON.parse(line)));
      return lines;
    },
  };
  return world;
}

/** Stores a batch as the store step does: rows, and the receipt that lists them. @returns the ids of its events */
export async function storeBatch(
  store: ObjectStore,
  runId: string,
  batch: number,
  rows: number,
  change?: (row: number) => string,
): Promise<string[]> {
  const texts = Array.from({ length: rows }, (_, row) =>
    rowText(runId, `int-${batch}-${row}`, change?.(row) ?? `turn ${row}`),
  );
  const half = Math.ceil(rows / 2);
  const parts: StoredPart[] = [];
  for (const [day, lines] of [
    ['2026-11-18', texts.slice(0, half)],
    ['2026-11-19', texts.slice(half)],
  ] as const) {
    if (lines.length === 0) continue;
    const bytes = gzipSync(lines.map((line) => `${line}\n`).join(''));
    const key = keys.transcripts('voice', day, runId, batch);
    await store.write(key, bytes);
    const timestamp = `${day}T10:00:00.000Z`;
    parts.push({
      key,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      etag: 'e',
      rows: lines.length,
      mediaType: 'voice',
      day,
      minTimestamp: timestamp,
      maxTimestamp: timestamp,
    });
  }
  const interactionIds = texts.map((text) => eventIdOf(text).interactionId);
  const receipt = receiptOf(runId, batch, interactionIds, { parts, storedAt: STORED_AT });
  await store.write(keys.receipt(runId, batch), JSON.stringify(receipt));
  return texts.map((text) => eventIdOf(text).id);
}

/** As much of a manifest as the delivery reads. */
async function storeManifest(store: ObjectStore, runId: string): Promise<void> {
  const counts = { stored: 1, missing: 0, failed: 0, quarantined: 0, notReady: 0, duplicate: 0 };
  await store.write(keys.manifest(runId), JSON.stringify({ runId, status: 'complete', recordedAt: STORED_AT, counts }));
}

async function deliverRun(
  base: Dependencies,
  clock: Clock,
  request: unknown,
  options: DeliverOptions = {},
): Promise<DeliveryOutcome> {
  const dependencies = { ...base, ...options.dependencies };
  const startedAtMs = clock.now;
  const hours = () => (clock.now - startedAtMs) / 3_600_000;
  const execution = (number: number, input: unknown) => ({
    name: number === 1 ? (options.name ?? 'execution-1') : `execution-${number}`,
    startedAt: new Date(clock.now).toISOString(),
    input,
  });
  const waits: number[] = [];
  let executions = 1;
  let delivery = execution(1, request);
  let state = { attempt: 0, failures: 0, progressAt: delivery.startedAt };
  for (;;) {
    options.before?.(hours());
    clock.calledAt = clock.now;
    const { output } = await callForRun(dependencies, { delivery, ...state });
    if (!output.again) break;
    waits.push(output.waitSeconds);
    clock.now += output.waitSeconds * 1000;
    const { attempt, failures, progressAt = state.progressAt } = output;
    state = { attempt, failures, progressAt };
    if (output.continueAs === undefined) continue;
    executions += 1;
    delivery = execution(executions, output.continueAs);
    state = { attempt: 0, failures: 0, progressAt: delivery.startedAt };
  }
  const asked = readDeliveryRequest(delivery);
  const { total, parkedEvents, newlyParked } = await parkPending(dependencies.store, asked, dependencies.now);
  await writeParkedList(dependencies.store, asked.runId, total.parked + parkedEvents);
  await writeDeliveryAudit(dependencies.store, delivery, asked, total);
  const { delivered, parked } = total;
  return { calls: waits.length + 1, waits, hours: hours(), delivered, parked, executions, newlyParked };
}

async function deliverOneBatch(dependencies: Dependencies, clock: Clock, runId: string, batch: number) {
  const waits: number[] = [];
  for (let attempt = 0; ; attempt += 1) {
    clock.calledAt = clock.now;
    const { output } = await callForBatch(dependencies, { runId, batch, attempt });
    if (!output.again) return { calls: attempt + 1, waits, pending: output.pending, parked: output.parked };
    waits.push(output.waitSeconds);
    clock.now += output.waitSeconds * 1000;
  }
}
