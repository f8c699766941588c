/** The calls of the vendor's Interaction Analytics: the list of analysed segments, and the transcript of one. */
import { PipelineError } from '../../contracts/errors.ts';
import { isTooFast } from '../../lib/pacing/pacer.ts';
import { type CallFrame, callVendor, type VendorAnswer, vendorError, vendorUrl } from '../exchange.ts';
import type { VendorConfig } from '../settings.ts';
import { Sessions } from '../sign-in/sessions.ts';
import { bearer, withSession } from '../sign-in/with-session.ts';
import { readPage } from './read-page.ts';
import type { SegmentPage, SegmentQuery } from './segment-page.ts';

/** A page of a thousand rows takes the vendor some seconds. */
const LIST_TIMEOUT_MS = 60_000;
/** Until the headers of a transcript, and again until its end: after a refusal a server was seen to hang. */
export const TRANSCRIPT_TIMEOUT_MS = 20_000;
/** Rows are some kilobytes each. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
/** Eight at a time are in memory; a talk of a whole day has less than a hundredth of this. */
const MAX_TRANSCRIPT_BYTES = 16 * 1024 * 1024;

const LIST = 'the list of analysed segments';
const TRANSCRIPT = 'the request for an analysed transcript';

/** `unusable`: the vendor refuses this very transcript, or it is larger than any may be. */
export type TranscriptAnswer = { kind: 'found'; text: string } | { kind: 'missing' } | { kind: 'unusable' };

/** The calls with an access token. */
export class AnalyticsApi {
  readonly #config: VendorConfig;
  readonly #sessions: Pick<Sessions, 'begin' | 'get' | 'drop'>;

  constructor(config: VendorConfig, sessions: Pick<Sessions, 'begin' | 'get' | 'drop'> = new Sessions(config)) {
    this.#config = config;
    this.#sessions = sessions;
  }

  /** The life of the access token, and the tenant that was reached. What the user's role permits, calls show. */
  async authenticate(frame: CallFrame) {
    const { expiresInSeconds, scopes = [], tenant } = await this.#sessions.begin(frame);
    return { expiresInSeconds, scopes, ...(tenant === undefined ? {} : { tenant }) };
  }

  /**
   * A page of segments by the time when they were first annotated, in that order.
   *
   * @throws PipelineError `VendorRejected` with status 400 also behind the last row that the vendor walks to;
   *   `VendorContractChanged` where there is no list; and as `vendorError` says
   */
  async list(
    { fromMs, toMs, pageSize, cursorMs, mediaType, language }: SegmentQuery,
    frame: CallFrame,
  ): Promise<SegmentPage> {
    const answer = await this.#get(this.#config.CXONE_PATHS.segments, {}, LIST_TIMEOUT_MS, MAX_PAGE_BYTES, frame, {
      dateField: 'firstAnnotatedAt',
      beginningDate: new Date(fromMs).toISOString(),
      endingDate: new Date(toMs).toISOString(),
      order: 'asc',
      pageSize: String(pageSize),
      ...(cursorMs !== undefined && { cursor: String(cursorMs) }),
      ...(mediaType !== undefined && { mediaType }),
      ...(language !== undefined && { lang: language }),
    });
    const { status, body } = answer;
    if (status === 204) return { rows: [], unreadable: [] };
    if (status === 404) throw contractChanged('The list of analysed segments is not there any more (status 404)');
    if (status !== 200) throw refusal(LIST, answer);
    if (body === undefined)
      throw new PipelineError('ContractViolation', `A page of ${LIST} is larger than ${MAX_PAGE_BYTES} bytes`);
    return readPage(body);
  }

  /**
   * The transcript of a segment.
   *
   * @param wordLevel with a block for each word of a call, not for each utterance
   * @throws PipelineError as `vendorError` says for anything that does not concern this one transcript
   */
  async transcript(segmentId: string, frame: CallFrame, wordLevel = false): Promise<TranscriptAnswer> {
    const path = this.#config.CXONE_PATHS.segmentTranscript;
    const query = { wordLevel: String(wordLevel) };
    const answer = await this.#get(path, { segmentId }, TRANSCRIPT_TIMEOUT_MS, MAX_TRANSCRIPT_BYTES, frame, query);
    const { status, body } = answer;
    if (status === 200) return body === undefined ? { kind: 'unusable' } : { kind: 'found', text: body };
    if (status === 404 || status === 410 || status === 204) return { kind: 'missing' };
    if (status === 400 || status === 422) return { kind: 'unusable' };
    throw refusal(TRANSCRIPT, answer);
  }

  #get(
    path: string,
    values: Record<string, string>,
    timeoutMs: number,
    maxBytes: number,
    frame: CallFrame,
    query: Record<string, string>,
  ): Promise<VendorAnswer> {
    return withSession(this.#sessions, frame, ({ apiBase, token }) => {
      const url = vendorUrl(apiBase, path, values);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return callVendor({ method: 'GET', url, headers: bearer(token), timeoutMs }, frame, maxBytes);
    });
  }
}

/** The body of a 403 says nothing: what may be missing is said here. */
function refusal(what: string, answer: VendorAnswer): PipelineError {
  if (answer.status !== 403 || isTooFast(answer)) return vendorError(what, answer);
  const cause =
    "the role of the access key's user needs the permission to view Interaction Analytics, and the tenant its licence";
  return new PipelineError('VendorAuthFailed', `CXone refused ${what} with status 403: ${cause}`, { status: 403 });
}

/**
 * The error of an API that is no longer where it was.
 *
 * @param sentence says what is not there
 */
export function contractChanged(sentence: string): PipelineError {
  return new PipelineError('VendorContractChanged', `${sentence}: compare cxonePaths with the API of CXone`, {
    status: 404,
  });
}
