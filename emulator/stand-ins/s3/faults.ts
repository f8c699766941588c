import type { S3Operation } from './route.ts';

/** A failure that the stand-in shows on purpose. Without `code` and `reset` it only delays. */
export interface S3Fault {
  /** Any operation if left out. */
  operation?: S3Operation;
  /** A text that the key contains, or a pattern; any key if left out. */
  keyPattern?: string | RegExp;
  /** From the nth matching call on, counted from 1. */
  nth?: number;
  /** How many calls in a row; 1 if left out. */
  times?: number | 'always';
  /** `SlowDown`, `InternalError`, `AccessDenied` …; its status follows from it unless given. */
  code?: string;
  status?: number;
  /** Destroys the socket instead of answering: what a time-out looks like from the other side. */
  reset?: boolean;
  delayMs?: number;
  /** Does what was asked, then fails. */
  afterCommit?: boolean;
}

/** The faults of the stand-in: which call of which object fails next, and how often each has. */
export class S3FaultBook {
  #entries: { fault: S3Fault; seen: number; used: number }[] = [];

  constructor(faults: readonly S3Fault[]) {
    this.replace(faults);
  }

  replace(faults: readonly S3Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, seen: 0, used: 0 }));
  }

  /** The first fault that applies to this call; counts the call for all that match. */
  take(operation: S3Operation, key: string): S3Fault | undefined {
    let taken: S3Fault | undefined;
    for (const entry of this.#entries) {
      if (!matches(entry.fault, operation, key)) continue;
      entry.seen += 1;
      const { nth = 1, times = 1 } = entry.fault;
      if (taken !== undefined || entry.seen < nth || (times !== 'always' && entry.used >= times)) continue;
      entry.used += 1;
      taken = entry.fault;
    }
    return taken;
  }
}

function matches({ operation: wanted, keyPattern }: S3Fault, operation: S3Operation, key: string): boolean {
  if (wanted !== undefined && wanted !== operation) return false;
  if (keyPattern === undefined) return true;
  return typeof keyPattern === 'string' ? key.includes(keyPattern) : keyPattern.test(key);
}
