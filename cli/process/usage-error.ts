/** The user gave something that cannot be used. The message says what and what is allowed; no stack is shown. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
