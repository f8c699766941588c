/** The call of the vendor's list of completed contacts: what it has itself processed, whatever it lists elsewhere. */
import { PipelineError } from '../../contracts/errors.ts';
import { pause } from '../../lib/pause.ts';
import { type CallFrame, callVendor, type VendorAnswer, vendorError, vendorUrl } from '../exchange.ts';
import { isOutage } from '../put-off.ts';
import type { VendorConfig } from '../settings.ts';
import type { Sessions } from '../sign-in/sessions.ts';
import { bearer, withSession } from '../sign-in/with-session.ts';
import { FIELDS, type LedgerPage, readContacts } from './read-contacts.ts';
import type { LedgerQuery } from './walk-contacts.ts';

/** Ten thousand rows take the vendor some seconds. */
const TIMEOUT_MS = 60_000;
/** Ten thousand rows with all their fields, where the vendor does not leave them out. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
/** A page that is refused for the moment is asked for again at once: a walk takes many, and would never come to its end. */
const PAUSES_MS = [1_000, 2_000, 4_000];

const LIST = 'the list of completed contacts';

/** The list, with an access token. */
export class ContactsApi {
  readonly #sessions: Pick<Sessions, 'get' | 'drop'>;
  #path: string;

  constructor(config: VendorConfig, sessions: Pick<Sessions, 'get' | 'drop'>) {
    this.#sessions = sessions;
    this.#path = config.CXONE_PATHS.completedContacts;
  }

  /**
   * A page of contacts by their start.
   *
   * @throws PipelineError `VendorRejected` with status 400 also for days that lie too far back; `VendorContractChanged` where
   *   there is no list; `VendorAuthFailed` with status 403 without the permission; and as `vendorError` says
   */
  async list(query: LedgerQuery, frame: CallFrame): Promise<LedgerPage> {
    for (const pauseMs of PAUSES_MS) {
      try {
        return await this.#page(query, frame);
      } catch (error) {
        const mayPass = isOutage(error) && error.retryAfterSeconds === undefined;
        if (!mayPass || frame.remainingMs() < pauseMs + TIMEOUT_MS) throw error;
        await pause(pauseMs, frame.signal);
      }
    }
    return this.#page(query, frame);
  }

  async #page(query: LedgerQuery, frame: CallFrame): Promise<LedgerPage> {
    let answer = await this.#get(query, frame);
    if (answer.status === 404) {
      // The vendor spells it in two ways, and not every gateway takes both.
      this.#path = otherSpelling(this.#path);
      answer = await this.#get(query, frame);
    }
    const { status, body } = answer;
    if (status === 204) return { rows: [], length: 0 };
    if (status === 403) throw notPermitted();
    if (status === 404) {
      throw new PipelineError(
        'VendorContractChanged',
        'The list of completed contacts is not there (status 404): compare cxonePaths with the API of CXone',
        { status },
      );
    }
    if (status !== 200) throw vendorError(LIST, answer);
    if (body === undefined) {
      throw new PipelineError('ContractViolation', `A page of ${LIST} is larger than ${MAX_PAGE_BYTES} bytes`);
    }
    return readContacts(body);
  }

  #get({ fromMs, toMs, top, skip }: LedgerQuery, frame: CallFrame): Promise<VendorAnswer> {
    return withSession(this.#sessions, frame, ({ apiBase, token }) => {
      const url = vendorUrl(apiBase, this.#path);
      const query = { startDate: toSecond(fromMs), endDate: toSecond(toMs), fields: FIELDS.join(',') };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      url.searchParams.set('top', String(top));
      url.searchParams.set('skip', String(skip));
      return callVendor({ method: 'GET', url, headers: bearer(token), timeoutMs: TIMEOUT_MS }, frame, MAX_PAGE_BYTES);
    });
  }
}

function notPermitted(): PipelineError {
  const cause = "the role of the access key's user needs ACD, View, for the reporting API";
  return new PipelineError('VendorAuthFailed', `CXone refused ${LIST} with status 403: ${cause}`, { status: 403 });
}

/** A numeric offset, of zero too, is refused: `Z` only. */
function toSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function otherSpelling(path: string): string {
  return path.replace(/incontactapi/i, (said) => (said === 'incontactapi' ? 'inContactAPI' : 'incontactapi'));
}
