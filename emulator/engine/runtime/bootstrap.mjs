/**
 * One Lambda execution environment: loads the handler, then serves one invocation at a time over IPC.
 *
 * Plain JavaScript, since it starts often and stripping types would be a third of its start-up time.
 *
 * In:  {requestId, payload: JSON text, deadline: epoch ms} | {shutdown: true}
 * Out: {type: 'ready'} | {type: 'result' | 'error' | 'fatal', payload: JSON text}; after 'fatal' the process ends
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { LAMBDA_TASK_ROOT = '', _HANDLER = '' } = process.env;

/** The shape in which the Node.js runtime reports an error. */
function toErrorPayload(error) {
  if (error instanceof Error) {
    return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function send(message) {
  return new Promise((resolve) => {
    process.send(message, resolve);
  });
}

async function die(payload) {
  await send({ type: 'fatal', payload: JSON.stringify(payload) });
  // The status that Lambda's own runtime exits with.
  process.exit(129);
}

function named(errorType, error) {
  return { ...toErrorPayload(error), errorType };
}

async function loadHandler() {
  const [file, exportName] = _HANDLER.split('.');
  const path = join(LAMBDA_TASK_ROOT, `${file}.mjs`);
  let module;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof SyntaxError) return die(named('Runtime.UserCodeSyntaxError', error));
    if (error?.code === 'ERR_MODULE_NOT_FOUND') return die(named('Runtime.ImportModuleError', error));
    return die(toErrorPayload(error));
  }
  const handler = module[exportName];
  if (typeof handler !== 'function') {
    return die(named('Runtime.HandlerNotFound', new Error(`${_HANDLER} is undefined or not exported`)));
  }
  return handler;
}

function createContext({ requestId, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:000000000000:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function serialise(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

process.on('uncaughtException', (error) => die(toErrorPayload(error)));
process.on('unhandledRejection', (reason) => {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  die({ ...named('Runtime.UnhandledPromiseRejection', error), errorMessage: `${error.name}: ${error.message}` });
});
// Ctrl-C reaches the whole process group; whether a function dies of it is for the engine to say.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// The engine is gone, whatever the reason: no caller waits for an answer any more.
process.on('disconnect', () => process.exit(0));

const handler = await loadHandler();
process.on('message', async (invocation) => {
  if (invocation.shutdown) process.exit(0);
  try {
    const result = await handler(JSON.parse(invocation.payload), createContext(invocation));
    await send({ type: 'result', payload: serialise(result) });
  } catch (error) {
    await send({ type: 'error', payload: JSON.stringify(toErrorPayload(error)) });
  }
});
await send({ type: 'ready' });
