/** The APIs that a probe asks about, and what an answer says of them. Pure. */
import type { TenantRequest } from './tenant-calls.ts';

export type Verdict = 'ok' | 'permission missing' | 'not there' | 'asked too often' | 'no answer' | 'unclear';

export interface AskedApi {
  name: string;
  /** What it is for in this project. */
  use: string;
  verdict: Verdict;
  /** 0: no answer came. */
  status: number;
}

/**
 * What the status of an answer says of an API.
 *
 * @example
 * verdictOf(204) // 'ok'
 * verdictOf(403) // 'permission missing'
 * verdictOf(404) // 'not there'
 */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'ok';
  if (status === 401 || status === 403) return 'permission missing';
  if (status === 404 || status === 405 || status === 410) return 'not there';
  if (status === 429) return 'asked too often';
  if (status === 0 || status === 408 || status >= 500) return 'no answer';
  return 'unclear';
}

/** What Interaction Analytics is called in a report. */
export const ANALYTICS = { name: 'Interaction Analytics', use: 'source interaction-analytics' };

const DAY_MS = 86_400_000;
/** To the second, as the index of contacts takes dates. */
const seconds = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Every API but Interaction Analytics, with the one question that it is asked: none of them changes anything. */
export function otherApis(nowMs: number): { name: string; use: string; request: TenantRequest }[] {
  return [
    {
      name: 'Completed contacts',
      use: 'completed contacts',
      request: {
        path: '/incontactapi/services/v34.0/contacts/completed',
        query: { startDate: seconds(nowMs - DAY_MS), endDate: seconds(nowMs), top: '1', skip: '0' },
      },
    },
    {
      name: 'Digital Engagement',
      use: 'source digital-engagement',
      request: { path: '/dfo/3.0/contacts', query: { 'status[]': 'closed' } },
    },
    { name: 'Data Extraction', use: 'nothing yet', request: { path: '/data-extraction/v1/jobs' } },
    {
      name: 'Bulk transcripts',
      use: 'source bulk-job',
      request: { path: '/api/v2/interactions/search', body: { interactionIds: ['probe'] } },
    },
  ];
}
