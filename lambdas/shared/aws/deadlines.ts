/** The SDK waits for ever by default: for a connection, and for the answer on one. */

const CONNECT_MS = 5_000;
/** From the request to its answer's headers, an upload of several megabytes included. */
const ANSWER_MS = 60_000;

/**
 * What every client of the SDK is made with, so that no call outlives its function.
 *
 * `new S3Client({ maxAttempts: 4, ...awsDeadlines() })`
 */
export function awsDeadlines(answerMs = ANSWER_MS) {
  return {
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: answerMs, throwOnRequestTimeout: true },
  };
}
