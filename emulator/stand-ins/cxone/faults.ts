/**
 * Faults that the CXone simulator can be told to show: one list, in code or in a JSON file.
 *
 *     [
 *       { "on": "submit", "times": 3, "do": { "status": 429, "retryAfter": 2 } },
 *       { "on": "poll", "match": { "jobOrdinal": 2 }, "times": "always", "do": { "jobStatus": "stuck" } },
 *       { "on": "download", "match": { "nth": 2 }, "do": { "truncateAt": 500, "cleanClose": true } },
 *       { "on": "download", "match": { "interactionId": "int-7" }, "do": { "badItem": "syntax" } }
 *     ]
 *
 * A fault applies to the calls of its kind that `match` (all of them if left out), from the `nth` on, `times` times in a
 * row (1 by default). The first fault of the list that applies wins; without one the call is answered as usual.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Faults that any call can show, in the order in which they act: wait, reset, answer. */
const transport = {
  /** Waits before anything else; the client may have gone by then. */
  delayMs: z.int().nonnegative().optional(),
  /** Destroys the socket instead of answering. */
  reset: z.boolean().optional(),
  /** Answers with this status, and `body` or a small JSON error; 202, 204 and 304 come empty. */
  status: z.int().min(200).max(599).optional(),
  /** `Retry-After` as it stands: seconds, an HTTP date, or rubbish. */
  retryAfter: z.union([z.string(), z.number()]).optional(),
  /** Sent as it stands; '' is an empty body. */
  body: z.string().optional(),
  /** Sends a proxy's HTML page; with status 200 unless given. */
  html: z.boolean().optional(),
  /** `Location`, for a 3xx status. */
  location: z.string().optional(),
};

const tokenEffect = z.strictObject({
  ...transport,
  /** `expires_in` as it stands, of any type. */
  expiresIn: z.union([z.number(), z.string(), z.null()]).optional(),
});
const submitEffect = z.strictObject({
  ...transport,
  /** Takes the job, then misbehaves: a time-out after the vendor accepted it. */
  afterAccept: z.boolean().optional(),
  /** `jobId` as it stands, odd characters included; null leaves it out. */
  jobId: z.string().nullable().optional(),
});
const pollEffect = z.strictObject({
  ...transport,
  /** What the job says of itself in this answer. */
  jobStatus: z.enum(['failed', 'stuck', 'queued', 'running', 'completed', 'completedWithoutUrl', 'unknown']).optional(),
  /** `errors` of a failed job. */
  errors: z.array(z.string()).optional(),
  /** `progress` as it stands: backwards, over 100, a string. */
  progress: z.union([z.number(), z.string(), z.null()]).optional(),
  /** `resultUrl` as it stands: a foreign host, http, a metadata address. */
  resultUrl: z.string().optional(),
});
const downloadEffect = z.strictObject({
  ...transport,
  /** Ends the body after so many bytes on the wire: by a reset, or without a trace with `cleanClose`. */
  truncateAt: z.int().nonnegative().optional(),
  cleanClose: z.boolean().optional(),
  /** Sends so many bytes on the wire, then nothing more until the client gives up. */
  stallAt: z.int().nonnegative().optional(),
  /** Refuses the URL as expired. */
  expiredUrl: z.union([z.literal(403), z.literal(410)]).optional(),
  /** A result with no artifact in it. */
  emptyResult: z.boolean().optional(),
  /** These four act on the matched interaction, else on the first of the result. */
  dropItem: z.boolean().optional(),
  duplicateItem: z.boolean().optional(),
  /** Adds an artifact that was not asked for. */
  extraItem: z.boolean().optional(),
  /**
   * syntax: not JSON · shape: no artifact · null: no object · comment: `/* … *\/` with a bracket in it, before the
   * item · deep: 100,000 levels · utf8: invalid bytes · huge: 64 MB of text.
   */
  badItem: z.enum(['syntax', 'shape', 'null', 'comment', 'deep', 'utf8', 'huge']).optional(),
  /** Content-Type as it stands. */
  contentType: z.string().optional(),
  /** Starts the body with a byte order mark. */
  bom: z.boolean().optional(),
  /** Pads the body with blanks to so many bytes before compression: a gzip bomb, with `gzip` on. */
  padTo: z.int().positive().optional(),
});
const searchEffect = z.strictObject({
  ...transport,
  /** Hands back the request's own cursor as the next one. */
  repeatCursor: z.boolean().optional(),
  /** Includes `to`, and repeats the last row of the page before. */
  inclusiveBoundary: z.boolean().optional(),
  /** Reverses the rows of the page. */
  outOfOrder: z.boolean().optional(),
  /** `availableAt` of the matched interaction, else of every row, as it stands. */
  availableAt: z.string().optional(),
  /** The same of `startTime`: year 0, year 9999, no time at all. */
  startTime: z.string().optional(),
  /** The same of `interactionId`, of any type; null leaves it out. */
  saidId: z.union([z.string(), z.number(), z.null()]).optional(),
});

const match = z.strictObject({
  /** Submits and jobs that hold this interaction, searches for it or for a window with it. */
  interactionId: z.string().min(1).optional(),
  /** The nth job that was accepted, from 1. */
  jobOrdinal: z.int().positive().optional(),
  /** From the nth matching call on, counted from 1. */
  nth: z.int().positive().optional(),
});
const common = {
  match: match.optional(),
  times: z.union([z.int().positive(), z.literal('always')]).optional(),
};

/** One fault: the call it befalls (`on`), which of these calls, and what happens then (`do`). */
export const Fault = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('token'), ...common, do: tokenEffect }),
  z.strictObject({ on: z.literal('submit'), ...common, do: submitEffect }),
  z.strictObject({ on: z.literal('poll'), ...common, do: pollEffect }),
  z.strictObject({ on: z.literal('download'), ...common, do: downloadEffect }),
  z.strictObject({ on: z.literal('search'), ...common, do: searchEffect }),
]);
export type Fault = z.input<typeof Fault>;

export type Call = Fault['on'];
/** What a fault on this call may do. */
export type Effect<C extends Call> = Extract<Fault, { on: C }>['do'];
export type TransportFault = Pick<Effect<'token'>, keyof typeof transport>;

/** The faults cannot be used; the message names each field and what it may be. */
export class FaultsInvalid extends Error {
  override readonly name = 'FaultsInvalid';
}

/**
 * The list of faults, checked.
 *
 * @throws FaultsInvalid its message starting with `source`
 * @example parseFaults([{ on: 'token', do: { status: 503 } }]) // the same list
 * @example parseFaults([{ on: 'tokens' }]) // FaultsInvalid: faults: [0].on: … (token, submit, poll, download, search)
 */
export function parseFaults(value: unknown, source = 'faults'): Fault[] {
  const parsed = z.array(Fault).safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const field = issue.path.length === 0 ? 'the list' : z.core.toDotPath(issue.path);
    const allowed =
      issue.code === 'invalid_union' && issue.path.at(-1) === 'on' ? ' (token, submit, poll, download, search)' : '';
    return `${field}: ${issue.message}${allowed}`;
  });
  throw new FaultsInvalid(`${source}: ${lines.join('; ')}`);
}

/**
 * The faults that a JSON file lists.
 *
 * @throws FaultsInvalid if the file cannot be read, is not JSON, or is not a list of faults
 * @example await readFaults('faults.json') // [{ on: 'poll', do: { status: 429, retryAfter: 2 } }]
 */
export async function readFaults(path: string): Promise<Fault[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new FaultsInvalid(`${path}: no such file, or not readable`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FaultsInvalid(`${path}: not JSON; expected a list of faults`);
  }
  return parseFaults(value, path);
}

export interface CallFacts {
  jobOrdinal?: number | undefined;
  hasInteraction?: (interactionId: string) => boolean;
}

/** Counts calls and hands out the fault that applies. */
export class FaultBook {
  #entries: { fault: Fault; seen: number; used: number }[] = [];

  constructor(faults: readonly Fault[]) {
    this.replace(faults);
  }

  replace(faults: readonly Fault[]): void {
    this.#entries = faults.map((fault) => ({ fault, seen: 0, used: 0 }));
  }

  /** The fault for this call, if any; counts the call. */
  take<C extends Call>(on: C, facts: CallFacts = {}): Extract<Fault, { on: C }> | undefined {
    let taken: Fault | undefined;
    for (const entry of this.#entries) {
      if (entry.fault.on !== on || !matches(entry.fault, facts)) continue;
      entry.seen += 1;
      const { times = 1, match: { nth = 1 } = {} } = entry.fault;
      if (taken !== undefined || entry.seen < nth || (times !== 'always' && entry.used >= times)) continue;
      entry.used += 1;
      taken = entry.fault;
    }
    return taken as Extract<Fault, { on: C }> | undefined;
  }
}

function matches({ match: wanted = {} }: Fault, { jobOrdinal, hasInteraction }: CallFacts): boolean {
  if (wanted.jobOrdinal !== undefined && wanted.jobOrdinal !== jobOrdinal) return false;
  return wanted.interactionId === undefined || hasInteraction?.(wanted.interactionId) === true;
}
