/** What becomes of one batch. */
import {
  Choice,
  Condition,
  type IChainable,
  JsonPath,
  type RetryProps,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { MAX_RESUBMISSIONS } from '../../lambdas/shared/vendor/job-timing.ts';
import type { TaskName } from '../task-table.ts';
import { failState } from './fail-state.ts';
import { lambdaTask } from './lambda-task.ts';
import { FUNCTION_ERRORS, VENDOR_TASK_RETRIES } from './retry-policies.ts';
import type { TaskFunction } from './task-function.ts';

type Functions = Readonly<Record<TaskName, TaskFunction>>;

/**
 * The states of a child execution, which extracts one batch: submit, poll until finished, store, deliver.
 *
 * @example map.itemProcessor(batchStates(this, functions))
 */
export function batchStates(scope: Construct, functions: Functions): IChainable {
  const task = taskIn(scope, functions);
  const submit = task('SubmitTranscriptJob', VENDOR_TASK_RETRIES, undefined, '$.job');
  const waitForJob = new Wait(scope, 'WaitForJob', { time: WaitTime.secondsPath('$.job.waitSeconds') });
  const getStatus = task(
    'GetJobStatus',
    VENDOR_TASK_RETRIES,
    {
      runId: JsonPath.stringAt('$.runId'),
      batch: JsonPath.numberAt('$.batch.batch'),
      polling: JsonPath.objectAt('$.polling'),
      job: JsonPath.objectAt('$.job'),
    },
    '$.job',
  );
  const waitToResubmit = new Wait(scope, 'WaitToResubmit', { time: WaitTime.secondsPath('$.job.waitSeconds') });
  const status = (value: string) => Condition.stringEquals('$.job.status', value);
  const mayResubmit = Condition.numberLessThanEquals('$.job.submissions', MAX_RESUBMISSIONS);
  const isFinished = new Choice(scope, 'IsJobFinished?')
    .when(status('completed'), storeAndDeliver(scope, functions))
    // A throttled submission waits as long as the vendor asked for: a Retry could not honour that.
    .when(Condition.or(status('throttled'), Condition.and(status('failed'), mayResubmit)), waitToResubmit)
    .when(
      status('failed'),
      failState(scope, 'TranscriptJobFailed', { cause: 'CXone failed the transcript job of this batch' }),
    )
    .when(
      status('overdue'),
      failState(scope, 'TranscriptJobTimedOut', { cause: 'The transcript job did not finish in time' }),
    )
    .otherwise(waitForJob);
  waitForJob.next(getStatus).next(isFinished);
  waitToResubmit.next(submit);
  return submit.next(isFinished);
}

function storeAndDeliver(scope: Construct, functions: Functions): IChainable {
  const task = taskIn(scope, functions);
  const store = task('StoreTranscripts', VENDOR_TASK_RETRIES, undefined, '$.stored');
  const deliver = task(
    'DeliverTranscripts',
    VENDOR_TASK_RETRIES,
    {
      runId: JsonPath.stringAt('$.runId'),
      batch: JsonPath.numberAt('$.batch.batch'),
      attempt: JsonPath.numberAt('$.delivery.attempt'),
    },
    '$.delivery',
  );
  const waitToDeliver = new Wait(scope, 'WaitToDeliver', { time: WaitTime.secondsPath('$.delivery.waitSeconds') });
  const extracted = new Succeed(scope, 'BatchExtracted');
  const allDelivered = new Choice(scope, 'AllDelivered?')
    .when(Condition.booleanEquals('$.delivery.again', true), waitToDeliver.next(deliver))
    .otherwise(extracted);
  // Whatever keeps a batch from being delivered, it is extracted: the delivery of the run tries again.
  deliver.addCatch(extracted, { errors: [...FUNCTION_ERRORS], resultPath: '$.deliveryError' });
  // CXone may ask for a wait before the download as well as before the job.
  const waitToStore = new Wait(scope, 'WaitToStore', { time: WaitTime.secondsPath('$.stored.waitSeconds') });
  const isStored = new Choice(scope, 'IsStored?')
    .when(Condition.booleanEquals('$.stored.again', true), waitToStore.next(store))
    .otherwise(deliver);
  deliver.next(allDelivered);
  return store.next(isStored);
}

/** Makes Task states: without a payload a function gets the whole state. */
function taskIn(scope: Construct, functions: Functions) {
  return (
    name: TaskName,
    retries: readonly RetryProps[],
    payload?: Record<string, unknown>,
    resultPath?: string,
  ): LambdaInvoke => lambdaTask(scope, name, { task: functions[name], retries, payload, resultPath });
}
