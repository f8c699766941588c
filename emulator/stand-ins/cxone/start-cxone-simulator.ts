import { BULK_MEDIA_TYPES, type BulkMediaType } from '../../../lambdas/shared/contracts/job-options.ts';
import type { RunningServer } from '../start-server.ts';
import { Bearers } from './bearers.ts';
import { type BulkJobOptions, bulkJobRoutes } from './bulk-job/routes.ts';
import { SCOPES, TokenOffice } from './bulk-job/token-office.ts';
import { createGeneratedCatalogue, type GeneratedOptions } from './catalogue.ts';
import { type CompletedContact, contactsOf } from './contacts-completed/contact.ts';
import { contactsCompletedRoutes } from './contacts-completed/routes.ts';
import { plantedInContact } from './digital-engagement/contact-facts.ts';
import { type DigitalEngagementOptions, digitalEngagementRoutes } from './digital-engagement/routes.ts';
import { type Call, type Fault, FaultBook, parseFaults } from './faults.ts';
import type { PlantedValue } from './generator/dialogue.ts';
import { analyticsRoutes } from './interaction-analytics/routes.ts';
import type { SegmentTraits } from './interaction-analytics/segment.ts';
import { SegmentBook } from './interaction-analytics/segment-book.ts';
import { factsOfSegments, type SegmentFacts } from './interaction-analytics/segment-facts.ts';
import type { SimulatorRequest } from './ledger.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Tenant } from './route.ts';
import { serveRoutes } from './serve-routes.ts';
import type { ClientAuth, SignInAccount } from './sign-in/credentials.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { type FileCatalogue, openTranscriptsFile } from './transcripts-file.ts';

export interface CxoneSimulatorOptions extends Partial<GeneratedOptions>, BulkJobOptions, DigitalEngagementOptions {
  port?: number;
  clientId?: string;
  clientSecret?: string;
  /** Scopes that tokens are given; all three by default. */
  scopes?: readonly string[];
  /** 1800 by default. */
  tokenLifetimeSeconds?: number;
  /** The access key that the public APIs take; made up otherwise. */
  accessKeyId?: string;
  accessKeySecret?: string;
  /** How the registered application sends its credentials; none: the access key alone. `basic` by default. */
  clientAuth?: ClientAuth;
  /** False: discovery is 404, and this host is the API's base. True by default. */
  isIssuer?: boolean;
  /** What becomes of the interactions in Interaction Analytics. */
  segments?: SegmentTraits;
  /** Rows of the largest page of segments; 1,000 by default. */
  segmentPageSize?: number;
  /** Rows of the largest walk through segments; 400,000 by default. */
  segmentRowCap?: number;
  /** How far back the index of completed contacts goes; 30 by default. */
  completedDaysBack?: number;
  /** Artifacts as JSON Lines; replaces the generated ones. */
  transcripts?: string;
  faults?: readonly Fault[];
  /** Time before each answer begins; 0 by default. */
  latencyMs?: number;
  /** Calls above it are answered with 429; none by default. */
  rateLimit?: RateLimit;
  /** Clock in ms since the epoch, for expiry and availability. */
  now?: () => number;
}

export interface CxoneSimulator extends RunningServer, SegmentFacts {
  baseUrl: string;
  clientId: string;
  readonly clientSecret: string;
  accessKeyId: string;
  readonly accessKeySecret: string;
  clientAuth: ClientAuth;
  tenantId: string;
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
  /**
   * Personal data in what is generated of an interaction, or of the digital contact of this number: in the bulk job's artifact
   * of these media types, or wherever it is shown if none are given. Empty with `transcripts`.
   */
  plantedValues(interactionId: string, mediaTypes?: readonly BulkMediaType[]): PlantedValue[];
  /** Order numbers and the like, which masking should leave alone. */
  benignValues(interactionId: string, mediaTypes?: readonly BulkMediaType[]): string[];
  /** Ids that are known: the first of the timeline, or of the file. */
  interactionIds(count: number): string[];
  /** The vendor's own account by now: contacts that start in [from, to), gaps (`isGap`) and unprocessed ones with them. */
  contacts(window: { from: string; to: string }): CompletedContact[];
  /** Replaces the faults; their counts start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** The old secret is refused from now on; tokens live on. */
  rotateSecret(clientSecret: string): void;
  /** The same of the access key. */
  rotateAccessKey(accessKeySecret: string): void;
  revokeTokens(): void;
}

const DEFAULT_SEED = '1';
/** A timeline with nobody on it. */
const NOBODY = { count: 0, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
const TENANT_ID = '11ef5f0a-7c1e-4d55-9a3b-0242ac130003';

/**
 * A server of the vendor's APIs with generated people and conversations, the same in all of them, strict about what it is sent:
 * the bulk transcript API, sign-in with an access key, Interaction Analytics, completed contacts.
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
    // What a file holds is the bulk job's alone.
    generated: createGeneratedCatalogue({ ...options, seed, ...(file === undefined ? {} : { interactions: NOBODY }) }),
  };
  const { generated } = tenant;
  const account: SignInAccount = {
    clientId: options.clientId ?? 'simulator-client',
    clientSecret: options.clientSecret ?? 'simulator-secret-4f7c1e',
    accessKeyId: options.accessKeyId ?? 'SIMULATEDACCESSKEY7Q2',
    // What the vendor makes up holds characters that a form encodes.
    accessKeySecret: options.accessKeySecret ?? 'simulator-key/8c+1=%e',
    clientAuth: options.clientAuth ?? 'basic',
  };
  const office = new TokenOffice(
    account,
    options.scopes ?? SCOPES,
    options.tokenLifetimeSeconds ?? 1_800,
    tenant.bearers,
  );
  const minTranscriptBytes = options.minTranscriptBytes ?? 0;
  const book = new SegmentBook(seed, generated, options.segments ?? {});
  const facts = factsOfSegments(book, seed, now, minTranscriptBytes);
  const routes = [
    ...bulkJobRoutes(tenant, file ?? generated, office, options),
    ...signInRoutes(tenant, account, {
      tenantId: TENANT_ID,
      tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3_600,
      isIssuer: options.isIssuer ?? true,
    }),
    ...analyticsRoutes(tenant, book, {
      tenantId: TENANT_ID,
      maxPageSize: options.segmentPageSize ?? 1_000,
      rowCap: options.segmentRowCap ?? 400_000,
      minTranscriptBytes,
    }),
    ...contactsCompletedRoutes(tenant, book, options.completedDaysBack ?? 30),
    ...digitalEngagementRoutes(tenant, options),
  ];
  const { server, ledger } = await serveRoutes(routes, {
    port: options.port ?? 0,
    latencyMs: options.latencyMs ?? 0,
    rateLimit: options.rateLimit,
  });
  baseUrl = server.url;

  return {
    ...server,
    async close() {
      await server.close();
      await file?.close();
    },
    baseUrl,
    clientId: account.clientId,
    get clientSecret() {
      return account.clientSecret;
    },
    accessKeyId: account.accessKeyId,
    get accessKeySecret() {
      return account.accessKeySecret;
    },
    clientAuth: account.clientAuth,
    tenantId: TENANT_ID,
    ...facts,
    requests: ledger.requests,
    count: (call) => ledger.count(call),
    mostAtOnce: (call) => ledger.mostAtOnce(call),
    mostWithin: (windowMs, calls) => ledger.mostWithin(windowMs, calls),
    issuedTokens: tenant.bearers.issued,
    plantedValues: (id, mediaTypes) => [
      ...(file === undefined ? generated.plantedValues(id, mediaTypes ?? BULK_MEDIA_TYPES) : []),
      ...(mediaTypes === undefined ? book.find(id) : []).flatMap(({ segmentId }) => facts.plantedInSegment(segmentId)),
      ...(mediaTypes === undefined ? plantedInContact(seed, generated, id) : []),
    ],
    benignValues: (id, mediaTypes = BULK_MEDIA_TYPES) =>
      file === undefined ? generated.benignValues(id, mediaTypes) : [],
    interactionIds: (count) => file?.interactionIds.slice(0, count) ?? generated.interactionIds(count),
    contacts: ({ from, to }) => [...contactsOf(book, Date.parse(from), Date.parse(to), now())],
    setFaults: (next) => tenant.faults.replace(parseFaults(next)),
    rotateSecret(clientSecret) {
      account.clientSecret = clientSecret;
    },
    rotateAccessKey(accessKeySecret) {
      account.accessKeySecret = accessKeySecret;
    },
    revokeTokens: () => tenant.bearers.revokeAll(),
  };
}
