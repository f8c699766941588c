/** What the state SubmitTranscriptJob takes, and what it returns. */
import { BatchInput, JobState } from '../job-state.ts';

/** A batch, and the job as it stands after an earlier submission, where there was one. */
export const SubmitTranscriptJobInput = BatchInput;

/** Without `jobId` while `throttled`. */
export const SubmitTranscriptJobOutput = JobState.required({ status: true, waitSeconds: true, deadlineAt: true });
