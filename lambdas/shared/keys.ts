/** Where things are in the bucket. A run owns everything below its own names, so that a retry writes the same keys. */

/** Six digits keep a listing of a million batches in order. */
function batchName(batch: number): string {
  return String(batch).padStart(6, '0');
}

export const keys = {
  plan: (runId: string) => `runs/${runId}/plan.json`,
  /** @param attempt 1, more only where an attempt at planning broke off after it had written its batches */
  batches: (runId: string, attempt = 1) => `runs/${runId}/batches${attempt === 1 ? '' : `-${attempt}`}.jsonl`,
  /** Interactions whose outcome was clear when the run was planned. */
  decided: (runId: string, attempt = 1) => `runs/${runId}/decided${attempt === 1 ? '' : `-${attempt}`}.jsonl`,
  /** Prefix of the receipts of all batches of a run. */
  receipts: (runId: string) => `runs/${runId}/batches/`,
  /** What a batch stored and what became of each interaction: written last, so its presence says that the batch is done. */
  receipt: (runId: string, batch: number) => `runs/${runId}/batches/${batchName(batch)}.json`,
  deliveries: (runId: string) => `runs/${runId}/delivery/`,
  delivery: (runId: string, batch: number) => `runs/${runId}/delivery/${batchName(batch)}.json`,
  unfinished: (runId: string) => `runs/${runId}/unfinished.jsonl`,
  parked: (runId: string) => `runs/${runId}/parked.jsonl`,
  manifest: (runId: string) => `runs/${runId}/manifest.json`,
  /** @param day `YYYY-MM-DD`, UTC, of the interaction's start */
  transcripts: (mediaType: string, day: string, runId: string, batch: number) =>
    `transcripts/v=1/media_type=${mediaType}/dt=${day}/${runId}-${batchName(batch)}.jsonl.gz`,
  /** @param day `YYYY-MM-DD`, UTC, of the run's start */
  audit: (day: string, runId: string, batch: number) => `audit/dt=${day}/${runId}-${batchName(batch)}.jsonl.gz`,
} as const;
