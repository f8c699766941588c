import { type RetryProps, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { TaskName } from '../task-table.ts';
import type { TaskFunction } from './task-function.ts';

/** A function may be cut off at its time-out; the state gives it this long to say so. */
const STATE_GRACE = Duration.seconds(30);

export interface LambdaTaskProps {
  task: TaskFunction;
  retries: readonly RetryProps[];
  /** What the function gets; the whole state when left out. */
  payload?: Record<string, unknown> | undefined;
  resultPath?: string | undefined;
}

/** The Task state of a function, with its Retries in the order given. */
export function lambdaTask(scope: Construct, name: TaskName, props: LambdaTaskProps): LambdaInvoke {
  const { task, retries, payload, resultPath } = props;
  const state = new LambdaInvoke(scope, name, {
    lambdaFunction: task.version,
    payloadResponseOnly: true,
    // Its built-in policy has no jitter and leaves out throttling.
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(task.timeout.plus(STATE_GRACE)),
    ...(payload === undefined ? {} : { payload: TaskInput.fromObject(payload) }),
    ...(resultPath === undefined ? {} : { resultPath }),
  });
  for (const retry of retries) state.addRetry(retry);
  return state;
}
