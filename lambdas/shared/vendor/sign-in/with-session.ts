import { PipelineError } from '../../contracts/errors.ts';
import { discardBody } from '../../lib/http.ts';
import type { CallFrame } from '../exchange.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/**
 * The answer to a call that needs a token, whatever its status but 401.
 *
 * A token may be revoked before its time: a 401 is answered with one fresh token and the same call again. One that lacks
 * a right (403) is let go, so that the next call shows whether it was granted since.
 *
 * @param call made once, or twice with two sessions
 * @throws PipelineError `VendorAuthFailed` when a fresh token is refused too, and what {@link Sessions.get} throws
 * @example
 * await withSession(sessions, frame, ({ token, apiBase }) =>
 *   callVendor({ method: 'GET', url: vendorUrl(apiBase, '/x'), headers: bearer(token), timeoutMs: 15_000 }, frame))
 * // { status: 200, body: '…', retryAfterSeconds: undefined }
 */
export async function withSession<Answer extends { status: number }>(
  sessions: Pick<Sessions, 'get' | 'drop'>,
  frame: CallFrame,
  call: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const session = await sessions.get(frame);
  const answer = await call(session);
  if (answer.status === 403) sessions.drop(session.token);
  if (answer.status !== 401) return answer;
  if (answer instanceof Response) await discardBody(answer);
  const fresh = await sessions.get(frame, session.token);
  const second = await call(fresh);
  if (second.status === 403 || second.status === 401) sessions.drop(fresh.token);
  if (second.status !== 401) return second;
  if (second instanceof Response) await discardBody(second);
  throw new PipelineError('VendorAuthFailed', 'CXone refused a fresh token (status 401)', { status: 401 });
}

/**
 * The headers of a call with a token: JSON is asked for, which some routes of the vendor insist on.
 *
 * @example bearer('tok') // { accept: 'application/json', authorization: 'Bearer tok' }
 */
export function bearer(token: string): Record<string, string> {
  return { accept: 'application/json', authorization: `Bearer ${token}` };
}
