/** What every Task handler shares: logging, metrics, validation of what comes in and goes out, clean errors. */
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { isPipelineError } from '../contracts/errors.ts';
import { METRICS_NAMESPACE } from '../contracts/metrics.ts';
import { parseOrThrow } from '../contracts/validation.ts';
import type { Pacer } from '../lib/pacing/pacer.ts';
import { FunctionConfig } from './config/concerns.ts';
import { readConfig } from './config/read-config.ts';
import { logKeys } from './log-keys.ts';

/** Milliseconds before the function's own time-out at which running I/O is given up, so that a typed error gets out. */
const TIME_TO_FAIL_CLEANLY_MS = 2_000;

/** What a handler's recipe gets beside its input. */
export interface TaskContext {
  logger: Logger;
  metrics: Metrics;
  /** Aborts shortly before the function times out. */
  signal: AbortSignal;
  /** Milliseconds until {@link TaskContext.signal} aborts. */
  remainingMs(): number;
}

/** The context of a Task whose requests to the vendor are paced. */
export interface PacedContext extends TaskContext {
  pacer: Pacer;
}

interface TaskDefinition<Input extends z.ZodType, Output extends z.ZodType> {
  input: Input;
  output: Output;
  run(input: z.output<Input>, task: TaskContext): Promise<z.input<Output>>;
}

/** Before the input is checked, so that a refusal can be found too. */
function nameLogLines(logger: Logger): MiddlewareObj {
  return { before: (request) => logger.appendKeys({ ...logKeys(request.event) }) };
}

/**
 * Errors leave a function with a name, a constant sentence and nothing else. A stack's frames say where; its first line,
 * which holds the message, may quote data, so an unforeseen error is logged without it.
 */
function cleanErrors(logger: Logger): MiddlewareObj {
  return {
    onError: (request) => {
      const error = request.error as Error;
      if (isPipelineError(error)) {
        logger.warn('Task failed', { errorName: error.name, reason: error.message, status: error.status });
        return;
      }
      const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
      logger.error('Task failed unexpectedly', { errorName: error.name, frames });
      const clean = new Error('Unexpected error: its name and stack frames are in the log of the function');
      clean.name = error.name;
      clean.stack = [`${clean.name}: ${clean.message}`, ...frames].join('\n');
      request.error = clean;
    },
  };
}

/** Checks the state's input before the recipe and its output after it. */
function validate(input: z.ZodType, output: z.ZodType): MiddlewareObj {
  return {
    before: (request) => {
      request.event = parseOrThrow(input, request.event, 'ContractViolation', 'input of the state');
    },
    after: (request) => {
      request.response = parseOrThrow(output, request.response, 'ContractViolation', 'output of the state');
    },
  };
}

/**
 * The Lambda handler of one Task state.
 *
 * The handler throws {@link PipelineError}s, whose names the state machine's Retry and Catch match, or an error with an
 * unforeseen name and no content.
 *
 * @throws PipelineError `ConfigInvalid` when a variable of the function is missing or invalid
 * @example export const handler = defineTask({ input: AuthenticateInput, output: AuthenticateOutput, run: signIn });
 */
export function defineTask<Input extends z.ZodType, Output extends z.ZodType>(
  definition: TaskDefinition<Input, Output>,
) {
  const { STAGE } = readConfig(FunctionConfig);
  const logger = new Logger();
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
  // One dimension: every further one multiplies the metrics to pay for.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ stage: STAGE });

  const run = async (event: unknown, context: Context) => {
    const endsAt = performance.now() + context.getRemainingTimeInMillis() - TIME_TO_FAIL_CLEANLY_MS;
    const remainingMs = () => Math.max(0, endsAt - performance.now());
    const signal = AbortSignal.timeout(Math.max(1, Math.floor(remainingMs())));
    return definition.run(event as z.output<Input>, { logger, metrics, signal, remainingMs });
  };

  // middy's own early time-out would leave with a name that no Retry knows; `signal` above does its work.
  return middy({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .use(nameLogLines(logger))
    .use(cleanErrors(logger))
    .use(validate(definition.input, definition.output))
    .handler(run);
}
