/**
 * What is retried, how often and for how long.
 *
 * Every policy names its errors, draws each wait at random between 0 and the back-off ("full jitter", so that a hundred
 * children that failed together do not come back together) and caps it. The sums below are worst cases; the expected
 * wait is half of them.
 */

import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { PERMANENT_ERRORS, TRANSIENT_ERRORS, type TransientErrorName } from '../../lambdas/shared/contracts/errors.ts';

/** Errors of the Lambda service itself: the function did not run, or it is not known whether. */
export const LAMBDA_SERVICE_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
] as const;

/** What is left of a function that was killed: out of memory, out of time, exited. */
export const LAMBDA_CRASH_ERRORS = [
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'States.Timeout',
] as const;

/** Whatever a function may end with. */
export const FUNCTION_ERRORS = [
  ...TRANSIENT_ERRORS,
  ...PERMANENT_ERRORS,
  ...LAMBDA_SERVICE_ERRORS,
  ...LAMBDA_CRASH_ERRORS,
] as const;

/** What passes by itself when one state machine starts another. */
export const START_EXECUTION_ERRORS = [
  'StepFunctions.SdkClientException',
  'StepFunctions.AWSStepFunctionsException',
  'States.Timeout',
] as const;

/** The execution was started before: what was to be done is done. */
export const EXECUTION_EXISTS = ['StepFunctions.ExecutionAlreadyExistsException'] as const;

type RetryableError =
  | TransientErrorName
  | (typeof START_EXECUTION_ERRORS)[number]
  | (typeof LAMBDA_SERVICE_ERRORS)[number]
  | (typeof LAMBDA_CRASH_ERRORS)[number];

interface RetryPolicy {
  errors: readonly RetryableError[];
  intervalSeconds: number;
  maxAttempts: number;
  capSeconds: number;
}

/** 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 = 183 s: outlasts a burst that exhausts the account's concurrency. */
const LAMBDA_SERVICE: RetryPolicy = {
  errors: LAMBDA_SERVICE_ERRORS,
  intervalSeconds: 1,
  maxAttempts: 8,
  capSeconds: 60,
};

/** 5 + 10 = 15 s: a crash that comes three times in a row has its cause in the work, and comes again. */
const LAMBDA_CRASH: RetryPolicy = {
  errors: LAMBDA_CRASH_ERRORS,
  intervalSeconds: 5,
  maxAttempts: 2,
  capSeconds: 30,
};

/**
 * 5 + 10 + 20 + 40 + 80 + 120 = 275 s: the vendor's rate windows are minutes long. It comes after the patience of the
 * state itself: until that is over, a 429 is waited out in a Wait state (`put-off.ts`), for as long as a job may take.
 */
const VENDOR_THROTTLED: RetryPolicy = {
  errors: ['VendorThrottled'],
  intervalSeconds: 5,
  maxAttempts: 6,
  capSeconds: 120,
};

/**
 * 2 + 4 + 8 + 16 + 32 + 60 = 122 s: a connection that broke in the middle of a result, or an address at which nobody
 * answers yet. An outage is longer, and waited out like a 429: where CXone says that it is out, and in planning,
 * submission and polling, which come after it has answered once, also where it says nothing.
 */
const VENDOR_UNAVAILABLE: RetryPolicy = {
  errors: ['VendorUnavailable'],
  intervalSeconds: 2,
  maxAttempts: 6,
  capSeconds: 60,
};

/** 1 + 2 + 4 + 8 + 16 = 31 s, on top of the SDK's own attempts inside the function. */
const DATA_LAKE_UNAVAILABLE: RetryPolicy = {
  errors: ['DataLakeUnavailable'],
  intervalSeconds: 1,
  maxAttempts: 5,
  capSeconds: 30,
};

function toRetryProps(policy: RetryPolicy): RetryProps {
  return {
    errors: [...policy.errors],
    interval: Duration.seconds(policy.intervalSeconds),
    maxAttempts: policy.maxAttempts,
    backoffRate: 2,
    maxDelay: Duration.seconds(policy.capSeconds),
    jitterStrategy: JitterType.FULL,
  };
}

/** For Tasks that only use our own storage. */
export const STORAGE_TASK_RETRIES: readonly RetryProps[] = [LAMBDA_SERVICE, LAMBDA_CRASH, DATA_LAKE_UNAVAILABLE].map(
  toRetryProps,
);

/** For Tasks that call the vendor. */
export const VENDOR_TASK_RETRIES: readonly RetryProps[] = [
  LAMBDA_SERVICE,
  LAMBDA_CRASH,
  VENDOR_THROTTLED,
  VENDOR_UNAVAILABLE,
  DATA_LAKE_UNAVAILABLE,
].map(toRetryProps);

/** 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60 = 242 s: a run that cannot start its delivery is red, and a redrive starts it. */
const START_EXECUTION: RetryPolicy = {
  errors: START_EXECUTION_ERRORS,
  intervalSeconds: 2,
  maxAttempts: 8,
  capSeconds: 60,
};

/** For the state that starts the delivery of a run. */
export const START_EXECUTION_RETRIES: readonly RetryProps[] = [START_EXECUTION].map(toRetryProps);
