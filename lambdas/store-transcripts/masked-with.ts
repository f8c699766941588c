/** What the records of a batch say of the masker. Pure. */
import { createHash } from 'node:crypto';
import { MASK_RULES_VERSION, type Masker } from '@cxone-transcripts/masker';
import type { MaskedWith } from '../shared/storage/records.ts';

/** 64 bits: enough to tell the settings of a stage from one another. */
const HASH_LENGTH = 16;

/**
 * Rules, types and options of a masker, as receipts and manifests name them.
 *
 * @example maskedWith(createMasker()) // { rules: '1.3.0', types: ['ABA_ROUTING_NUMBER', …], optionsHash: '44136fa355b3678a' }
 */
export function maskedWith({ options, types }: Pick<Masker, 'options' | 'types'>): MaskedWith {
  const optionsHash = createHash('sha256').update(canonical(options)).digest('hex').slice(0, HASH_LENGTH);
  return { rules: MASK_RULES_VERSION, types: [...types], optionsHash };
}

/** JSON with the members of each object in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
