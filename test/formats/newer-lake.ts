/** A lake of an earlier version as a newer one might have left it: the same, with fields more in every record. */
import { createHash } from 'node:crypto';
import type { KeptObject } from '../fixtures/kept-version.ts';
import { changeRecords, withNewFields } from './records.ts';

/**
 * What version 0.1.0 takes no further field in: lines of `batches.jsonl`, options and polling of a plan, days of anything.
 * Whoever adds one there gives up the way back to it.
 */
const CLOSED_IN_0_1_0 = { keys: /\/batches(-\d+)?\.jsonl$/, members: new Set(['options', 'polling', 'days']) };

const RECORDS = /\.jsonl?(\.gz)?$/;
/** Their checksums are in other records. */
const CHECKED = /^(transcripts|audit)\//;
/** Of Step Functions, not of the pipeline. */
const MAP_RESULTS = /^runs\/[^/]+\/map\//;

const sha256Of = (body: Buffer) => createHash('sha256').update(body).digest('hex');

/**
 * The objects with a field more in every object of every record, wherever version 0.1.0 may be given one, and the checksums
 * that go with them.
 *
 * @example withFieldsMore(keptObjects('0.1.0'))
 */
export function withFieldsMore(objects: readonly KeptObject[]): KeptObject[] {
  const { keys, members } = CLOSED_IN_0_1_0;
  const isOpen = ({ key }: KeptObject) => RECORDS.test(key) && !MAP_RESULTS.test(key) && !keys.test(key);
  const change = (object: KeptObject) =>
    isOpen(object) ? changeRecords(object.key, object.body, (record) => withNewFields(record, members)) : object.body;
  const changed = objects.map((object) => ({ ...object, body: change(object) }));
  const checksums = new Map<string, string>();
  objects.forEach(({ key, body }, index) => {
    if (CHECKED.test(key)) checksums.set(sha256Of(body), sha256Of(changed[index]?.body ?? body));
  });
  const corrected = (text: string) =>
    text.replaceAll(/\b[0-9a-f]{64}\b/g, (checksum) => checksums.get(checksum) ?? checksum);
  return changed.map(({ key, metadata, body }) => ({
    key,
    metadata: JSON.parse(corrected(JSON.stringify(metadata))) as Record<string, string>,
    body: /\.jsonl?$/.test(key) ? Buffer.from(corrected(body.toString('utf8'))) : body,
  }));
}
