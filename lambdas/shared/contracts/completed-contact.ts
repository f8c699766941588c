/** A contact of the ACD that is over, as the vendor's own ledger lists it. Nothing of what was said, or by whom. */
import type { MediaType } from './job-options.ts';

export interface CompletedContact {
  contactId: string;
  /** In ms since the epoch, as all times here. */
  startMs: number;
  mediaType: MediaType;
  /** Whether the vendor says that it has analysed it. */
  isProcessed: boolean;
  /** When it was analysed, or changed last where the ledger does not say that. */
  processedMs: number;
}
