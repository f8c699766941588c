import type { ServerResponse } from 'node:http';
import type { Call } from './faults.ts';

export interface SimulatorRequest {
  call: Call | 'unknown';
  method: string;
  /** Without its query. */
  path: string;
  /** 0 when the socket was destroyed. */
  status: number;
  at: string;
  /** Arrival in ms since the epoch, by this machine's clock. */
  atMs: number;
}

/** Every call in order of arrival; never a body, a token or a query. */
export class Ledger {
  readonly requests: SimulatorRequest[] = [];
  readonly #open = new Map<string, number>();
  readonly #most = new Map<string, number>();

  /** Writes a call down; its status follows with the answer. */
  open({ call, method, path }: Pick<SimulatorRequest, 'call' | 'method' | 'path'>, response: ServerResponse): void {
    const atMs = Date.now();
    const entry: SimulatorRequest = { call, method, path, status: 0, at: new Date(atMs).toISOString(), atMs };
    this.requests.push(entry);
    const open = (this.#open.get(call) ?? 0) + 1;
    this.#open.set(call, open);
    this.#most.set(call, Math.max(open, this.#most.get(call) ?? 0));
    response.once('finish', () => {
      entry.status = response.statusCode;
    });
    response.once('close', () => this.#open.set(call, (this.#open.get(call) ?? 1) - 1));
  }

  count(call: Call): number {
    return this.requests.filter((request) => request.call === call).length;
  }

  /** The most calls of a kind that were under way at the same time. */
  mostAtOnce(call: Call): number {
    return this.#most.get(call) ?? 0;
  }

  /** The most calls of these kinds that arrived within any `windowMs`. */
  mostWithin(windowMs: number, calls: readonly Call[]): number {
    const wanted = new Set<string>(calls);
    const times = this.requests.filter(({ call }) => wanted.has(call)).map(({ atMs }) => atMs);
    return mostWithin(times, windowMs);
  }
}

/**
 * The largest number of times that lie within any span of `windowMs`, its end not included.
 *
 * @param times ascending, in ms
 * @example mostWithin([0, 4, 9, 12], 10) // 3
 */
export function mostWithin(times: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (let last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
