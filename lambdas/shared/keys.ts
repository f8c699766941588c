/** Where things are in the bucket. A run owns everything below its own names, so that a retry writes the same keys. */

/** Six digits keep a listing of a million batches in order. */
function batchName(batch: number): string {
  return String(batch).padStart(6, '0');
}

export const keys = {
  plan: (runId: string) => `runs/${runId}/plan.json`,
  batches: (runId: string) => `runs/${runId}/batches.jsonl`,
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
