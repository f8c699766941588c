/** The SDK waits for ever by default: for a connection, and for the answer on one. */

const CONNECT_MS = 5_000;
/** From the request to its answer's headers, an upload of several megabytes included. */
const ANSWER_MS = 60_000;

/**
 * The part of an SDK client's options that bounds its calls, so that none outlives its function.
 *
 * @param answerMs from a request to the headers of its answer, in milliseconds
 * @example new S3Client({ maxAttempts: 4, ...awsDeadlines() })
 */
export function awsDeadlines(answerMs = ANSWER_MS) {
  return {
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: answerMs, throwOnRequestTimeout: true },
  };
}
