/** Everything a run needs on this machine: the synthesised stack, and a stand-in for each service it talks to. */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { SourceName } from '../../lambdas/shared/contracts/source-name.ts';
import type { Assembly } from '../engine/assembly.ts';
import type { EnvironmentOverrides } from '../engine/lambda-environment.ts';
import {
  type CxoneSimulator,
  type CxoneSimulatorOptions,
  startCxoneSimulator,
} from '../stand-ins/cxone/start-cxone-simulator.ts';
import { type S3StandIn, type S3StandInOptions, startS3 } from '../stand-ins/s3/start-s3.ts';
import { type SecretsManager, startSecretsManager } from '../stand-ins/secrets-manager.ts';
import {
  startWebhookReceiver,
  type WebhookReceiver,
  type WebhookReceiverOptions,
} from '../stand-ins/webhook-receiver.ts';
import { assertWritable } from './assert-writable.ts';
import { cachedAssembly } from './cached-assembly.ts';

/** A vendor outside this machine. */
interface RealVendor {
  baseUrl: string;
  /** What Secrets Manager is to hold of it. */
  secret: Readonly<Record<string, string>>;
  /** Base of the tenant's API, where it is not to be discovered. */
  apiUrl?: string;
  /** Domains that discovery may name; those of the stage otherwise. */
  allowedHosts?: readonly string[];
}

export interface SandboxOptions {
  /** Directory for everything that is written: `data-lake/`, `webhook/`, `logs/`. */
  out: string;
  /** Settings over those of the dev stage, as for a deployment. */
  settings?: Record<string, unknown>;
  /** Where transcripts come from; bulk jobs where left out. */
  source?: SourceName;
  /** Requests to the vendor in a second, of all functions together; without a limit where left out. */
  requestsPerSecond?: number;
  /** A real vendor, or how the simulator behaves. */
  vendor?: RealVendor | { simulator: CxoneSimulatorOptions };
  /** A real webhook; without one a receiver is started that checks and records. */
  webhookUrl?: string;
  /** `whsec_…` of the real webhook; a random one otherwise. */
  webhookSecret?: string;
  receiver?: WebhookReceiverOptions;
  s3?: Partial<S3StandInOptions>;
  /** A stack that is already synthesised. */
  assembly?: Assembly;
  /** Stops the start, which takes some seconds where the stack is not there yet. */
  signal?: AbortSignal;
  /** Is called where the stack is not there yet. */
  onMaking?: () => void;
}

export interface Sandbox {
  assembly: Assembly;
  /** Name of the state machine that extracts. */
  extraction: string;
  /** For the functions: where the stand-ins are. */
  environment: EnvironmentOverrides;
  bucket: string;
  /** Directory with the bucket's objects as plain files. */
  dataLakeDir: string;
  out: string;
  s3: S3StandIn;
  secrets: SecretsManager;
  /** Undefined with a real vendor. */
  simulator: CxoneSimulator | undefined;
  /** Undefined with a real webhook. */
  receiver: WebhookReceiver | undefined;
  close(): Promise<void>;
}

/** Whom the functions are to talk to, and with which credentials. */
function vendorOf(vendor: RealVendor | CxoneSimulator, source: SourceName): RealVendor {
  if ('secret' in vendor) return vendor;
  const { baseUrl, clientId, clientSecret, accessKeyId, accessKeySecret } = vendor;
  return { baseUrl, secret: source === 'bulk-job' ? { clientId, clientSecret } : { accessKeyId, accessKeySecret } };
}

/** The state machine behind the stack's output `StateMachineArn`. */
function extractionOf(assembly: Assembly): string {
  const found = assembly.stateMachines.find(({ arn }) => arn === assembly.outputs.StateMachineArn);
  if (!found) throw new Error('The stack has no output StateMachineArn');
  return found.name;
}

function variable(assembly: Assembly, name: string): string {
  for (const { environment } of assembly.functions) {
    const value = environment[name];
    if (value !== undefined) return value;
  }
  throw new Error(`No function of the stack reads ${name}`);
}

/**
 * A signing key of the form that Standard Webhooks asks for: 32 random bytes in Base64 behind `whsec_`.
 *
 * @example randomSigningKey() // 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw…'
 */
export function randomSigningKey(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * The stand-ins on free ports and the synthesised stack, until its `close`. Takes some seconds where the stack is not in the
 * cache.
 *
 * @throws StageConfigError, FaultsInvalid, TranscriptsFileInvalid or FolderNotWritable for what
 *   the caller gave; the signal's reason once it aborts. Nothing is left running
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const running: { close(): Promise<void> }[] = [];
  const started = <T extends { close(): Promise<void> }>(server: T): T => {
    running.push(server);
    return server;
  };
  const close = async () => {
    const closed = await Promise.allSettled(running.splice(0).map((server) => server.close()));
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
  };

  try {
    const out = resolve(options.out);
    const dataLakeDir = join(out, 'data-lake');
    await assertWritable(dataLakeDir, join(out, 'webhook'), join(out, 'logs'));
    const { source = 'bulk-job' } = options;
    const vendor = options.vendor ?? { simulator: {} };
    const simulator = 'simulator' in vendor ? started(await startCxoneSimulator(vendor.simulator)) : undefined;
    const { baseUrl, secret, apiUrl = '', allowedHosts } = vendorOf(simulator ?? (vendor as RealVendor), source);
    const webhookSecret = options.webhookSecret ?? randomSigningKey();
    const receiver = options.webhookUrl
      ? undefined
      : started(await startWebhookReceiver({ dir: join(out, 'webhook'), secret: webhookSecret, ...options.receiver }));

    const assembly = options.assembly ?? (await cachedAssembly(options));
    const bucket = variable(assembly, 'DATA_LAKE_BUCKET');
    const s3 = started(await startS3({ dir: dataLakeDir, bucket, ...options.s3 }));
    const secrets = started(
      await startSecretsManager({
        secrets: {
          [variable(assembly, 'CXONE_SECRET_ID')]: JSON.stringify(secret),
          [variable(assembly, 'WEBHOOK_SECRET_ID')]: JSON.stringify({ current: webhookSecret }),
        },
      }),
    );
    const environment = {
      AWS_ENDPOINT_URL_S3: s3.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      CXONE_SOURCE: source,
      CXONE_BASE_URL: baseUrl,
      CXONE_REQUESTS_PER_SECOND: String(options.requestsPerSecond ?? 0),
      // What the stage pins belongs to its own vendor.
      CXONE_API_URL: apiUrl,
      ...(allowedHosts === undefined ? {} : { CXONE_ALLOWED_HOSTS: JSON.stringify(allowedHosts) }),
      WEBHOOK_URL: options.webhookUrl ?? (receiver as WebhookReceiver).url,
    };
    return {
      assembly,
      extraction: extractionOf(assembly),
      environment,
      bucket,
      dataLakeDir,
      out,
      s3,
      secrets,
      simulator,
      receiver,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
