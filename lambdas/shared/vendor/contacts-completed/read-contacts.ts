/** Reads a page of the ledger, row by row: a bad one must not cost the others. Pure. */
import { PipelineError } from '../../contracts/errors.ts';
import { InteractionId } from '../../contracts/ids.ts';
import type { MediaType } from '../../contracts/job-options.ts';
import { parseTime } from '../times.ts';

type Fields = Record<string, unknown>;

/** A row of the ledger. What it does not say is left out. */
export interface LedgerRow {
  contactId: string;
  startMs: number | undefined;
  mediaType: MediaType;
  isProcessed: boolean;
  processedMs: number | undefined;
}

export interface LedgerPage {
  rows: LedgerRow[];
  /** Rows of the page, those too that name no contact: how far the next one is. */
  length: number;
}

/** What is asked for, by every name that a version of the API has for it; the rest of a row is about people. */
export const FIELDS = [
  'contactId',
  'contactStartDate',
  'contactStart',
  'mediaTypeId',
  'mediaType',
  'mediaTypeName',
  'isAnalyticsProcessed',
  'analyticsProcessedDate',
  'lastUpdateTime',
] as const;

/** The vendor's numbers of media: 5 is a voicemail, 6 a work item. */
const MEDIA: Record<string, MediaType> = {
  1: 'email',
  3: 'chat',
  4: 'voice',
  5: 'voice',
  6: 'other',
  7: 'sms',
  8: 'social',
  9: 'digital',
};

/**
 * The rows of an answer.
 *
 * @throws PipelineError `ContractViolation` for an answer without a list of contacts
 * @example
 * readContacts('{"completedContacts":[{"contactId":"4711","mediaType":"4","isAnalyticsProcessed":"true"}]}')
 * // { rows: [{ contactId: '4711', mediaType: 'voice', isProcessed: true, startMs: undefined, … }], length: 1 }
 */
export function readContacts(body: string): LedgerPage {
  const rows = fieldsOf(parse(body))?.completedContacts;
  if (rows === null) return { rows: [], length: 0 };
  if (!Array.isArray(rows)) {
    throw new PipelineError('ContractViolation', 'CXone lists completed contacts in a body without completedContacts');
  }
  return { rows: rows.flatMap((row) => readRow(fieldsOf(row)) ?? []), length: rows.length };
}

function readRow(fields: Fields | undefined): LedgerRow | undefined {
  if (fields === undefined) return undefined;
  const contactId = idOf(fields.contactId);
  if (contactId === undefined) return undefined;
  const processedMs = parseTime(fields.analyticsProcessedDate);
  return {
    contactId,
    startMs: parseTime(fields.contactStartDate ?? fields.contactStart),
    mediaType: MEDIA[String(fields.mediaTypeId ?? fields.mediaType)] ?? 'other',
    isProcessed: flagOf(fields.isAnalyticsProcessed) ?? processedMs !== undefined,
    processedMs: processedMs ?? parseTime(fields.lastUpdateTime),
  };
}

/** A number beyond 2^53 has lost digits. */
function idOf(said: unknown): string | undefined {
  return InteractionId.safeParse(Number.isSafeInteger(said) ? String(said) : said).data;
}

/** Undefined where it is not said. */
function flagOf(said: unknown): boolean | undefined {
  const text = String(said).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PipelineError('ContractViolation', 'CXone lists completed contacts in a body that is not JSON');
  }
}
