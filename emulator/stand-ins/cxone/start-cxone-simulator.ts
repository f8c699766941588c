import { MEDIA_TYPES, type MediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import type { RunningServer } from '../start-server.ts';
import { Bearers } from './bearers.ts';
import { type BulkJobOptions, bulkJobRoutes } from './bulk-job/routes.ts';
import { SCOPES, TokenOffice } from './bulk-job/token-office.ts';
import { createGeneratedCatalogue, type GeneratedOptions } from './catalogue.ts';
import { type DigitalEngagementOptions, digitalEngagementRoutes } from './digital-engagement/routes.ts';
import { type Call, type Fault, FaultBook, parseFaults } from './faults.ts';
import type { PlantedValue } from './generator/dialogue.ts';
import type { SimulatorRequest } from './ledger.ts';
import type { Tenant } from './route.ts';
import { serveRoutes } from './serve-routes.ts';
import { type FileCatalogue, openTranscriptsFile } from './transcripts-file.ts';

export interface CxoneSimulatorOptions extends Partial<GeneratedOptions>, BulkJobOptions, DigitalEngagementOptions {
  port?: number;
  clientId?: string;
  clientSecret?: string;
  /** Scopes that tokens are given; all three by default. */
  scopes?: readonly string[];
  /** 1800 by default. */
  tokenLifetimeSeconds?: number;
  /** Artifacts as JSON Lines; replaces the generated ones. */
  transcripts?: string;
  faults?: readonly Fault[];
  /** Time before each answer begins; 0 by default. */
  latencyMs?: number;
  /** Clock in ms since the epoch, for expiry and availability. */
  now?: () => number;
}

export interface CxoneSimulator extends RunningServer {
  baseUrl: string;
  clientId: string;
  readonly clientSecret: string;
  /** Every call, in order of arrival; never a body, a token or a query. */
  requests: SimulatorRequest[];
  /** How many calls of a kind arrived so far. */
  count(call: Call): number;
  /** The most calls of a kind that were under way at the same time. */
  mostAtOnce(call: Call): number;
  /** The most calls of these kinds that arrived within any `windowMs`, for tests of pacing. */
  mostWithin(windowMs: number, calls: readonly Call[]): number;
  /** Every token issued so far, for tests that look for leaks. */
  issuedTokens: readonly string[];
  /** Personal data in the generated transcript of an interaction; empty with `transcripts`. */
  plantedValues(interactionId: string, mediaTypes?: readonly MediaType[]): PlantedValue[];
  /** Order numbers and the like, which masking should leave alone. */
  benignValues(interactionId: string, mediaTypes?: readonly MediaType[]): string[];
  /** Ids that are known: the first of the timeline, or of the file. */
  interactionIds(count: number): string[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** The old secret is refused from now on; tokens live on. */
  rotateSecret(clientSecret: string): void;
  revokeTokens(): void;
}

const DEFAULT_SEED = '1';

/**
 * A server of the vendor's bulk transcript API (token, submit, poll, download, search) with generated transcripts, strict
 * about what it is sent.
 *
 * @throws FaultsInvalid, TranscriptsFileInvalid for what the options hold
 * @example const simulator = await startCxoneSimulator({ seed: 'demo' }); // simulator.baseUrl: 'http://127.0.0.1:…'
 */
export async function startCxoneSimulator(options: CxoneSimulatorOptions = {}): Promise<CxoneSimulator> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? DEFAULT_SEED;
  const file: FileCatalogue | undefined =
    options.transcripts === undefined ? undefined : await openTranscriptsFile(options.transcripts);
  let baseUrl = '';
  const tenant: Tenant = {
    seed,
    now,
    baseUrl: () => baseUrl,
    faults: new FaultBook(parseFaults(options.faults ?? [])),
    bearers: new Bearers(now),
    generated: createGeneratedCatalogue({ ...options, seed }),
  };
  const { generated } = tenant;
  const office = new TokenOffice(
    {
      clientId: options.clientId ?? 'simulator-client',
      clientSecret: options.clientSecret ?? 'simulator-secret-4f7c1e',
      scopes: options.scopes ?? SCOPES,
      lifetimeSeconds: options.tokenLifetimeSeconds ?? 1_800,
    },
    tenant.bearers,
  );
  const routes = [
    ...bulkJobRoutes(tenant, file ?? generated, office, options),
    ...digitalEngagementRoutes(tenant, options),
  ];
  const { server, ledger } = await serveRoutes(routes, { port: options.port ?? 0, latencyMs: options.latencyMs ?? 0 });
  baseUrl = server.url;

  return {
    ...server,
    async close() {
      await server.close();
      await file?.close();
    },
    baseUrl,
    clientId: office.clientId,
    get clientSecret() {
      return office.clientSecret;
    },
    requests: ledger.requests,
    count: (call) => ledger.count(call),
    mostAtOnce: (call) => ledger.mostAtOnce(call),
    mostWithin: (windowMs, calls) => ledger.mostWithin(windowMs, calls),
    issuedTokens: tenant.bearers.issued,
    plantedValues: (id, mediaTypes = MEDIA_TYPES) =>
      file === undefined ? generated.plantedValues(id, mediaTypes) : [],
    benignValues: (id, mediaTypes = MEDIA_TYPES) => (file === undefined ? generated.benignValues(id, mediaTypes) : []),
    interactionIds: (count) => file?.interactionIds.slice(0, count) ?? generated.interactionIds(count),
    setFaults: (next) => tenant.faults.replace(parseFaults(next)),
    rotateSecret(clientSecret) {
      office.clientSecret = clientSecret;
    },
    revokeTokens: () => tenant.bearers.revokeAll(),
  };
}
