import { createHmac, randomBytes } from 'node:crypto';

/**
 * Signed result URLs that expire, as object stores hand them out.
 *
 * @example createResultUrls(Date.now, 300_000).sign('job-1') // 'expires=…&signature=…'
 */
export function createResultUrls(now: () => number, lifetimeMs: number) {
  const key = randomBytes(32);
  const signature = (jobId: string, expires: string) =>
    createHmac('sha256', key).update(`${jobId}\n${expires}`).digest('hex');
  return {
    sign(jobId: string): string {
      const expires = String(now() + lifetimeMs);
      return new URLSearchParams({ expires, signature: signature(jobId, expires) }).toString();
    },
    isValid(jobId: string, query: URLSearchParams): boolean {
      const expires = query.get('expires') ?? '';
      return query.get('signature') === signature(jobId, expires) && Number(expires) > now();
    },
  };
}
