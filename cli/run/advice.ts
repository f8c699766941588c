import type { MachineErrorName, PipelineErrorName } from '../../lambdas/shared/contracts/errors.ts';
import { ownValue } from '../../lambdas/shared/lib/own-value.ts';

/** What to do about an error that ended a run: one sentence an operator can act on. */
const ADVICE: Record<PipelineErrorName | MachineErrorName, string> = {
  VendorThrottled: 'CXone throttles this API client: lower the concurrency, or run again later.',
  VendorUnavailable: 'CXone did not answer for several minutes: check the base URL and the network, then run again.',
  VendorAuthFailed: 'Check the credentials, and in CXone what they may do; the error says which of them.',
  VendorRejected: 'CXone refused the request itself: check the ids, the media types and the base URL.',
  VendorContractChanged:
    'CXone has nothing under the paths of its API any more: it may have moved them, see cxonePaths of the stage.',
  DataLakeUnavailable: 'The bucket did not answer: run again, nothing half-done is left.',
  DataLakeRejected: "The bucket refused a write or read: check the function's role and the bucket's key policy.",
  ContractViolation:
    'CXone answered in a form that the pipeline does not know: compare base URL and paths with your tenant.',
  PiiMaskingFailed: 'A transcript could not be masked for certain and was not stored: the audit trail names it.',
  ConfigInvalid: 'Correct the configuration or the secret that the message names.',
  InputInvalid: 'Correct the execution input; the examples in events/ show what is allowed.',
  TranscriptJobFailed: 'CXone failed the same job four times: extract its interactions in smaller batches.',
  TranscriptJobTimedOut: 'CXone did not finish a job in time: run again, or raise jobDeadlineSeconds.',
  ExtractionIncomplete:
    'The run left something, as its cause says: the next run of its schedule takes it, or start one with retryRun.',
};

/**
 * What a user may do about an error of a run; undefined for one that was not foreseen.
 *
 * @example adviceFor('States.Aborted') // 'You stopped the run: run it again, or take up what is left with retryRun.'
 */
export function adviceFor(error: string): string | undefined {
  if (error === 'States.Aborted') return 'You stopped the run: run it again, or take up what is left with retryRun.';
  return ownValue<string>(ADVICE, error);
}
