import { PipelineError } from '../../contracts/errors.ts';
import { mapConcurrently } from '../../lib/map-concurrently.ts';
import type { CallFrame } from '../exchange.ts';
import { fetchEach } from '../fetch-each.ts';
import type {
  Artifact,
  BatchRequest,
  BatchResult,
  FoundInteraction,
  IdAnswer,
  JobProgress,
  ResultLimits,
  SignedIn,
  TimeSlice,
  TranscriptSource,
} from '../transcript-source.ts';
import type { DigitalApi } from './digital-api.ts';
import { fetchContact } from './fetch-contact.ts';
import { readContact } from './read-contact.ts';
import { walkContacts } from './walk-contacts.ts';

/** The source has no jobs; a batch is named so where a job has an id. */
const NO_JOB = 'direct';
/** Lookups at the same time: few, since the limit is shared with the tenant's other clients. */
const LOOKUPS_AT_ONCE = 4;
/** So many contacts, and not one of them there, are no accident: a path has changed. */
const TOO_MANY_MISSING = 10;

/** The messages of digital contacts, one contact at a time. An interaction's id is the number of its contact. */
export class DigitalEngagementSource implements TranscriptSource {
  readonly newVersions = 'listed';
  readonly #api: DigitalApi;

  constructor(api: DigitalApi) {
    this.#api = api;
  }

  async authenticate(frame: CallFrame): Promise<SignedIn> {
    const { expiresInSeconds, scopes = [], tenant } = await this.#api.begin(frame);
    return { expiresInSeconds, scopes, ...(tenant && { tenant }) };
  }

  submit(): Promise<{ jobId: string; isReady: boolean }> {
    return Promise.resolve({ jobId: NO_JOB, isReady: true });
  }

  progress(): Promise<JobProgress> {
    return Promise.resolve({ status: 'completed' });
  }

  open({ interactions }: BatchRequest, limits: ResultLimits, frame: CallFrame): Promise<BatchResult> {
    const read = (kind: 'contact' | 'messages' | 'message', id: string) => this.#api.document(kind, id, frame);
    const result = fetchEach(
      interactions,
      ({ interactionId }) => fetchContact(read, interactionId, limits.maxArtifactBytes),
      { frame, maxBytes: limits.maxBytes },
    );
    return Promise.resolve({ ...result, artifacts: refuseAllMissing(result.artifacts) });
  }

  discover(slice: TimeSlice, isTooLong: (pages: number) => boolean, frame: CallFrame) {
    return walkContacts((query) => this.#api.list(query, frame), slice, isTooLong);
  }

  async lookUp(interactionIds: string[], frame: CallFrame): Promise<IdAnswer> {
    const answer: IdAnswer = { interactions: [], unreadable: [], isWhole: true };
    const documents = mapConcurrently(interactionIds, LOOKUPS_AT_ONCE, async (id) => ({
      id,
      document: await this.#api.document('contact', id, frame),
    }));
    for await (const { id, document } of documents) {
      if (!document.found) continue;
      const found = foundIn(document.json, id);
      if (found) answer.interactions.push(found);
      else answer.unreadable.push(id);
    }
    return answer;
  }
}

function foundIn(json: unknown, id: string): FoundInteraction | undefined {
  const row = readContact(json);
  if (!row.ok || row.contact.interactionId !== id) return undefined;
  const { startMs, statusUpdatedMs, aliases } = row.contact;
  return { interactionId: id, startMs, availableMs: statusUpdatedMs, aliases };
}

/** Passes artifacts on; a batch of which nothing is there is a changed path rather than that many missing contacts. */
async function* refuseAllMissing(artifacts: AsyncIterable<Artifact>): AsyncGenerator<Artifact> {
  let missing = 0;
  let others = 0;
  for await (const artifact of artifacts) {
    if (!artifact.ok && artifact.outcome === 'missing') missing += 1;
    else others += 1;
    yield artifact;
  }
  if (others === 0 && missing >= TOO_MANY_MISSING) {
    throw new PipelineError(
      'VendorContractChanged',
      'CXone has none of the digital contacts that it listed (status 404): the path of the API has changed',
      { status: 404 },
    );
  }
}
