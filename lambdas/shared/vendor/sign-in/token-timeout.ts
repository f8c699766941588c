/** Milliseconds for an answer of the token service: it has no work to do that takes longer. */
export const TOKEN_TIMEOUT_MS = 10_000;
