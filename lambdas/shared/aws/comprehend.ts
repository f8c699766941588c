/** Names and addresses through Amazon Comprehend. The SDK is loaded only when the masking options ask for it. */

import type { EntityDetector, PiiType, Span } from '@cxone-transcripts/masker';
import { PipelineError } from '../contracts/errors.ts';
import { awsDeadlines } from './deadlines.ts';

/** Documented limit of DetectPiiEntities is 100 KB of UTF-8; a UTF-16 code unit takes at most three bytes of it. */
const MAX_CODE_UNITS = 30_000;
const TYPES: ReadonlyMap<string, PiiType> = new Map([
  ['NAME', 'PERSON'],
  ['ADDRESS', 'STREET_ADDRESS'],
]);

export interface ComprehendOptions {
  /** Entities below this confidence (0 to 1) are left alone. */
  minimumScore?: number;
  /** Another place to send requests to; the SDK's own configuration otherwise. */
  endpoint?: string;
}

/** What of an answer the detector reads. Offsets count code points. */
interface Entity {
  Type?: string | undefined;
  Score?: number | undefined;
  BeginOffset?: number | undefined;
  EndOffset?: number | undefined;
}

/**
 * An {@link EntityDetector} that asks `DetectPiiEntities`; needs the IAM action `comprehend:DetectPiiEntities`.
 * Texts travel together, separated by line ends, up to the size limit of one request.
 *
 * @throws PipelineError, from the detector: `VendorThrottled`, `VendorUnavailable`, `PiiMaskingFailed` when it is
 *   refused
 * @example await (await comprehendDetector())(['this is Ann']) // [[{ type: 'PERSON', start: 8, end: 11 }]]
 */
export async function comprehendDetector({
  minimumScore = 0.5,
  endpoint,
}: ComprehendOptions = {}): Promise<EntityDetector> {
  const { ComprehendClient, DetectPiiEntitiesCommand } = await import('@aws-sdk/client-comprehend');
  const client = new ComprehendClient({
    maxAttempts: 5,
    ...awsDeadlines(),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  return async (texts) => {
    const spans: Span[][] = texts.map(() => []);
    for (const batch of batches(texts)) {
      const document = batch.map(({ text }) => text).join('\n');
      const { Entities = [] } = await client
        .send(new DetectPiiEntitiesCommand({ Text: document, LanguageCode: 'en' }))
        .catch((error: unknown) => {
          throw asPipelineError(error);
        });
      spread(
        document,
        batch,
        Entities.filter(({ Score = 0 }) => Score >= minimumScore),
        spans,
      );
    }
    return spans;
  };
}

interface Piece {
  index: number;
  /** Where the piece begins in its text. */
  from: number;
  text: string;
}

/** Texts in requests of the allowed size; a text beyond it is cut at a blank. */
function* batches(texts: readonly string[]): Generator<Piece[]> {
  let batch: Piece[] = [];
  let size = 0;
  for (const [index, text] of texts.entries()) {
    for (let from = 0; from < text.length; ) {
      const to = from + cutAt(text.slice(from, from + MAX_CODE_UNITS + 1));
      if (size + to - from > MAX_CODE_UNITS && batch.length > 0) {
        yield batch;
        batch = [];
        size = 0;
      }
      batch.push({ index, from, text: text.slice(from, to) });
      size += to - from + 1;
      from = to;
    }
  }
  if (batch.length > 0) yield batch;
}

/** Where to cut a text that may be too long for one request: at a blank, else between two characters. */
function cutAt(text: string): number {
  if (text.length <= MAX_CODE_UNITS) return text.length;
  const blank = text.lastIndexOf(' ');
  if (blank > 0) return blank;
  const isPair = (text.codePointAt(MAX_CODE_UNITS - 1) ?? 0) > 0xffff;
  return isPair ? MAX_CODE_UNITS - 1 : MAX_CODE_UNITS;
}

/** Gives each entity of a request back to the text it stands in. */
function spread(
  document: string,
  batch: readonly Piece[],
  entities: readonly Entity[],
  spans: readonly Span[][],
): void {
  const units = codePointStarts(document);
  let offset = 0;
  for (const { index, from, text } of batch) {
    for (const { Type = '', BeginOffset = 0, EndOffset = 0 } of entities) {
      const type = TYPES.get(Type);
      const start = Math.max(units[BeginOffset] ?? document.length, offset);
      const end = Math.min(units[EndOffset] ?? document.length, offset + text.length);
      if (type !== undefined && start < end)
        spans[index]?.push({ type, start: start - offset + from, end: end - offset + from });
    }
    offset += text.length + 1;
  }
}

function codePointStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) starts.push(at);
  return starts;
}

function asPipelineError(error: unknown): PipelineError {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const details = status === undefined ? {} : { status };
  if (/Throttl|TooManyRequests/.test(name))
    return new PipelineError('VendorThrottled', 'Amazon Comprehend throttles the detection of entities', details);
  if (status === undefined || status >= 500)
    return new PipelineError('VendorUnavailable', 'Amazon Comprehend did not answer', details);
  return new PipelineError('PiiMaskingFailed', 'Amazon Comprehend refused to detect entities', details);
}
